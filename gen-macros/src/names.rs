use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::spanned::Spanned as _;
use syn::{Expr, Lifetime, Path, parse_quote_spanned};

use crate::args::Args;

/// The names that an expansion adds.
///
/// Mixed-site, so that no code of the user's can say the variable or the label. No hygiene keeps a
/// constant of the same name from taking a variable's place; hence the underscores. What takes it
/// gains nothing: it is not the right to yield.
pub(crate) struct Names {
    /// The path of the runtime crate.
    pub(crate) krate: Path,
    /// The variable that holds the body's right to yield.
    pub(crate) body: Ident,
    /// The label of the block that is the body.
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
            body: Ident::new("__body", span),
            scope: Lifetime::new("'body", span),
        }
    }

    /// Input: a `Result` that is to be yielded as it is.
    ///
    /// Output: `::gen_runtime::__private::item(r)`, which [`is_item`] knows again.
    pub(crate) fn item(&self, result: &Expr) -> Expr {
        let krate = &self.krate;
        parse_quote_spanned!(given(result.span())=> #krate::__private::item(#result))
    }

    /// The variable that holds the right to yield, for a place in the user's code.
    pub(crate) fn body_at(&self, span: Span) -> Ident {
        let mut body = self.body.clone();
        body.set_span(span);
        body
    }

    /// One of `count` values, which are of different types, as a pattern or an expression.
    ///
    /// Output: `value` if it is the only one, `Exit::End(value)` or `Exit::Leave(value)` of two, and of
    /// more one `Exit` in the other.
    pub(crate) fn exit(
        &self,
        index: usize,
        count: usize,
        value: &TokenStream,
        span: Span,
    ) -> TokenStream {
        let krate = &self.krate;
        let mut exit = if index + 1 == count {
            value.clone()
        } else {
            quote_spanned!(span=> #krate::__private::Exit::End(#value))
        };
        for _ in 0..index {
            exit = quote_spanned!(span=> #krate::__private::Exit::Leave(#exit));
        }
        exit
    }
}

/// Whether a function is the one that marks an item.
pub(crate) fn is_item(path: &Path) -> bool {
    let mut names = path.segments.iter().rev().map(|segment| &segment.ident);
    names.next().is_some_and(|name| name == "item")
        && names.next().is_some_and(|name| name == "__private")
}

/// Whether a macro of this name in a body would be called where the expansion means its own.
pub(crate) fn is_reserved(name: &Ident) -> bool {
    let name = name.to_string();
    ["__await", "__operand", "__yield"].iter().any(|known| {
        let index = name.strip_prefix(known);
        index.is_some_and(|index| index.chars().all(|char| char.is_ascii_digit()))
    })
}

/// A span that points at the user's code and resolves as the macro's: an error is shown where it
/// was made, and lints know that nobody wrote this.
pub(crate) fn at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

/// The same for what is written before the body is lowered, and may be given to other macros: it
/// resolves as the user's code does. With a token that resolves as the macro's, a procedural macro could
/// say the name of the right to yield.
pub(crate) fn given(span: Span) -> Span {
    Span::call_site().located_at(span)
}
