//! Macros of the standard library that are given expressions.
//!
//! There is no syntax for such a call with its operands parsed, so it borrows that of a call of what a
//! macro evaluates to, with an attribute that tells what it is. One that a user wrote so is refused.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{
    Attribute, Expr, ExprCall, ExprMacro, Macro, Pat, Token, parse_quote, parse_quote_spanned,
};

use crate::foreign;
use crate::hoist::hoisted;
use crate::names::given;

/// Macros that take expressions between commas.
const LISTS: [&str; 18] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "dbg",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "eprint",
    "eprintln",
    "format",
    "panic",
    "print",
    "println",
    "todo",
    "unimplemented",
    "unreachable",
    "write",
    "writeln",
];

/// What there is to lower in an operand holds one of these.
const WORDS: [&str; 9] = [
    "attempt",
    "await",
    "break",
    "continue",
    "defer",
    "return",
    "yield",
    "yield_",
    "yield_result",
];

const MARK: &str = "operands";

/// Whether a call stands for that of a macro, as [`to_syntax`] says.
pub(crate) fn is_marked(node: &ExprCall) -> bool {
    matches!(&*node.func, Expr::Macro(_))
        && (node.attrs.last()).is_some_and(|attr| attr.path().is_ident(MARK))
}

/// The macro that is called, if a call stands for that.
pub(crate) fn called(node: &ExprCall) -> Option<&Macro> {
    match &*node.func {
        Expr::Macro(call) if is_marked(node) => Some(&call.mac),
        _ => None,
    }
}

/// Input: `println!("{}", a.await)`.
///
/// Output: `#[operands] println!(__operand0, __operand1)("{}", a.await)`. Nothing where there is nothing
/// to lower, or what is no expression.
pub(super) fn to_syntax(call: &Macro, attrs: &[Attribute]) -> Option<Expr> {
    if !holds_code(&call.tokens) || foreign::find_for_await(call).is_some() {
        return None;
    }
    let name = &call.path.segments.last()?.ident;
    if name == "matches" {
        return call
            .parse_body::<Matches>()
            .ok()
            .map(|call| call.into_match(attrs));
    }
    let mut operands = Operands::default();
    let parse = |input: ParseStream<'_>| match name.to_string().as_str() {
        "vec" => operands.vec(input),
        _ => operands.list(input),
    };
    if name != "vec" && !LISTS.iter().any(|list| name == list) {
        return None;
    }
    let tokens = parse.parse2(call.tokens.clone()).ok()?;
    let mark = Ident::new(MARK, given(name.span()));
    let func = Expr::Macro(ExprMacro {
        attrs: attrs.to_vec(),
        mac: Macro {
            tokens,
            ..call.clone()
        },
    });
    Some(Expr::Call(ExprCall {
        attrs: vec![parse_quote!(#[#mark])],
        func: Box::new(func),
        paren_token: syn::token::Paren(given(name.span())),
        args: operands.0,
    }))
}

/// The macro with its operands, after they were lowered.
pub(crate) fn with_operands(call: &Macro, operands: &[TokenStream]) -> Macro {
    let tokens = call.tokens.clone().into_iter().flat_map(|token| {
        let index = match &token {
            TokenTree::Ident(ident) => (0..operands.len()).find(|index| *ident == name_of(*index)),
            _ => None,
        };
        index.map_or_else(|| token.into(), |index| operands[index].clone())
    });
    Macro {
        tokens: tokens.collect(),
        ..call.clone()
    }
}

fn holds_code(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => holds_code(&group.stream()),
        TokenTree::Ident(word) => WORDS.iter().any(|known| word == known),
        _ => false,
    })
}

fn name_of(index: usize) -> Ident {
    format_ident!("__operand{index}", span = Span::mixed_site())
}

/// The operands that were read, and what each is called in the tokens of the macro.
#[derive(Default)]
struct Operands(Punctuated<Expr, Token![,]>);

impl Operands {
    fn add(&mut self, operand: Expr) -> Ident {
        let name = name_of(self.0.len());
        self.0.push(operand);
        name
    }

    /// `a, b, name = c`
    fn list(&mut self, input: ParseStream<'_>) -> syn::Result<TokenStream> {
        let list = Punctuated::<Expr, Token![,]>::parse_terminated(input)?;
        let mut tokens = TokenStream::new();
        for pair in list.into_pairs() {
            let (operand, comma) = pair.into_tuple();
            let operand = match operand {
                Expr::Assign(node) if node.attrs.is_empty() => {
                    let (name, eq) = (node.left, node.eq_token);
                    let value = self.add(*node.right);
                    quote!(#name #eq #value)
                }
                operand => self.add(operand).into_token_stream(),
            };
            tokens.extend(quote!(#operand #comma));
        }
        Ok(tokens)
    }

    /// `a, b` or `a; n`
    fn vec(&mut self, input: ParseStream<'_>) -> syn::Result<TokenStream> {
        let ahead = input.fork();
        if ahead.parse::<Expr>().is_err() || !ahead.peek(Token![;]) {
            return self.list(input);
        }
        let element = self.add(input.parse()?);
        let semicolon: Token![;] = input.parse()?;
        let length = self.add(input.parse()?);
        Ok(quote!(#element #semicolon #length))
    }
}

/// What stands in `matches!(..)`: `value, pat if guard`.
struct Matches {
    value: Expr,
    pat: Pat,
    guard: Option<Expr>,
}

impl Parse for Matches {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let value = input.parse()?;
        input.parse::<Token![,]>()?;
        let pat = Pat::parse_multi_with_leading_vert(input)?;
        let mut guard = None;
        if input.parse::<Option<Token![if]>>()?.is_some() {
            guard = Some(input.parse()?);
        }
        input.parse::<Option<Token![,]>>()?;
        Ok(Matches { value, pat, guard })
    }
}

impl Matches {
    /// Output: what the standard library's macro is. A guard uses what the pattern binds.
    fn into_match(self, attrs: &[Attribute]) -> Expr {
        let span = given(self.value.span());
        let Matches { value, pat, guard } = self;
        let guard = guard.map(|guard| quote_spanned!(span=> if #guard));
        let arm = parse_quote_spanned!(span=> #pat #guard => true,);
        let mut matches = hoisted(&value, arm, span);
        matches
            .arms
            .push(parse_quote_spanned!(span=> #[allow(unreachable_patterns)] _ => false,));
        matches.attrs = attrs.to_vec();
        Expr::Match(matches)
    }
}
