//! The names and spans of generated code.
//!
//! A name that two stages must agree on is made here. Variables that are bound and used in one quotation are written
//! there, so that it reads like the expansion: `__value`, `__next`, `__error`, `__stream` and the like. All names begin
//! with `__`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, Lifetime, Pat, Path, parse_quote_spanned};

use crate::args::Args;

/// The names that are the same in the whole expansion of a body.
///
/// The variable and the label are mixed-site, so that no code of the user's can name them. Constants ignore hygiene: a
/// user's `const body` would shadow ours, hence the underscores. Such a constant is not the right to yield.
///
/// `rt` is a module, and the user's code can name it. Nothing that is called through it receives the right to yield.
pub(crate) struct Names {
    /// The path of the runtime crate.
    pub(crate) krate: Path,
    /// `__rt`: the short name of the runtime's module for generated code.
    pub(crate) rt: Ident,
    /// `__body`: the variable that holds the body's right to yield.
    pub(crate) body: Ident,
    /// `__place`: the variable that holds the place for yielded values, see `body::lower::place`.
    pub(crate) place: Ident,
    /// `'body`: the label of the block that is the body.
    pub(crate) scope: Lifetime,
}

impl Names {
    pub(crate) fn new(args: &Args) -> Self {
        let span = Span::mixed_site();
        let krate = args
            .krate
            .clone()
            .unwrap_or_else(|| parse_quote_spanned!(Span::call_site()=> ::gen_runtime));
        Names {
            krate,
            rt: Ident::new("__rt", Span::call_site()),
            body: Ident::new("__body", span),
            place: Ident::new("__place", span),
            scope: Lifetime::new("'body", span),
        }
    }

    /// Input: a `Result` that is to be yielded unchanged.
    ///
    /// Output: `__rt::item(r)`, which [`is_item`] recognises.
    pub(crate) fn item(&self, result: &Expr) -> Expr {
        let rt = &self.rt;
        parse_quote_spanned!(users_at(result.span())=> #rt::item(#result))
    }

    /// Returns the variable that holds the right to yield, with a span.
    pub(crate) fn body_at(&self, span: Span) -> Ident {
        let mut body = self.body.clone();
        body.set_span(span);
        body
    }

    /// The argument that compiles only where the label is.
    ///
    /// Output: `if false { break 'body __body.never() }`
    pub(crate) fn scope_check(&self, label: &Lifetime, span: Span) -> TokenStream {
        let body = self.body_at(span);
        quote_spanned!(span=> if false { break #label #body.never() })
    }

    /// Encodes value `index` of `count`, whose types differ, in a pattern or an expression.
    ///
    /// Output: `value` if it is the only one, and otherwise `Either::Left(..)` or `Either::Right(..)` of one half of the
    /// values. Halves, since rustc is superlinear in the depth of a type.
    pub(crate) fn either(
        &self,
        index: usize,
        count: usize,
        value: &TokenStream,
        span: Span,
    ) -> TokenStream {
        let rt = &self.rt;
        if count <= 1 {
            return value.clone();
        }
        let half = count.div_ceil(2);
        if index < half {
            let value = self.either(index, half, value, span);
            quote_spanned!(span=> #rt::Either::Left(#value))
        } else {
            let value = self.either(index - half, count - half, value, span);
            quote_spanned!(span=> #rt::Either::Right(#value))
        }
    }
}

/// `__call`: the variable that holds the call of a `select!` or a `join!`.
pub(crate) fn call(span: Span) -> Ident {
    Ident::new("__call", span)
}

/// Returns whether a future is the call of a `select!` or a `join!`.
pub(crate) fn is_call(future: &Expr) -> bool {
    matches!(future, Expr::Path(path) if path.path.is_ident("__call"))
}

/// `__operand0`: an operand of a known macro, or the local macro that expands to it.
pub(crate) fn operand(index: usize, span: Span) -> Ident {
    format_ident!("__operand{index}", span = span)
}

/// Returns whether a pattern is `__next`, which binds the output of a suspension point and the new place.
pub(crate) fn is_next(pat: &Pat) -> bool {
    matches!(pat, Pat::Ident(pat) if pat.ident == "__next")
}

/// Returns whether a function is the one that marks an item.
pub(crate) fn is_item(path: &Path) -> bool {
    let names = path.segments.iter().map(|segment| &segment.ident);
    names.eq(["__rt", "item"])
}

/// Returns whether a macro of this name in a body would be called in place of one of the expansion.
pub(crate) fn is_reserved(name: &Ident) -> bool {
    let name = name.to_string();
    ["__await", "__delegate", "__operand", "__yield"]
        .iter()
        .any(|known| {
            let index = name.strip_prefix(known);
            index.is_some_and(|index| index.chars().all(|char| char.is_ascii_digit()))
        })
}

/// Makes a generated span that points at the user's code and resolves as the macro's: errors are reported there, and
/// lints do not fire.
pub(crate) fn generated_at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

/// Makes the name and the parentheses of a method call that the runtime takes the location of. They have the user's own
/// span: [`Location::caller`](std::panic::Location::caller) of generated ones is that of the attribute.
pub(crate) fn located_call(name: &str, arguments: &TokenStream, span: Span) -> TokenStream {
    let name = Ident::new(name, span);
    quote_spanned!(span=> #name(#arguments))
}

/// Makes a generated span that points at the user's code and resolves as the user's.
///
/// For tokens that other macros may receive: a procedural macro could take the hygiene of a token that resolves as ours,
/// and name the right to yield.
pub(crate) fn users_at(span: Span) -> Span {
    Span::call_site().located_at(span)
}
