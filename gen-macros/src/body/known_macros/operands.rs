//! Macros of the standard library that take expressions.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, Macro, Pat, Token, parse_quote_spanned};

use super::Meaning;
use crate::names::{self, users_at};
use crate::syntax::bind_in_match::bind_in_match;
use crate::syntax::macro_kind::MacroKind;
use crate::syntax::opaque_macros::find_for_await;

/// The words that code to be lowered contains one of.
const WORDS: [&str; 11] = [
    "attempt",
    "await",
    "break",
    "continue",
    "defer",
    "return",
    "yield",
    "yield_",
    "yield_all",
    "yield_from",
    "yield_result",
];

/// Input: `println!("{}", a.await)`.
///
/// Output: `println!(__operand0, __operand1)`, and the operands. `None` if there is nothing to lower, or an operand is
/// not an expression.
pub(super) fn meaning(kind: MacroKind, call: &Macro, attrs: &[Attribute]) -> Option<Meaning> {
    let is_known = matches!(
        kind,
        MacroKind::List | MacroKind::Panic | MacroKind::Vec | MacroKind::Matches
    );
    if !is_known || !holds_code(&call.tokens) || find_for_await(call).is_some() {
        return None;
    }
    if kind == MacroKind::Matches {
        let call = call.parse_body::<Matches>().ok()?;
        return Some(Meaning::Code(call.into_match(attrs)));
    }
    let mut operands = Operands::default();
    let parse = |input: ParseStream<'_>| match kind {
        MacroKind::Vec => operands.vec(input),
        _ => operands.list(input),
    };
    let tokens = parse.parse2(call.tokens.clone()).ok()?;
    let mac = Macro {
        tokens,
        ..call.clone()
    };
    Some(Meaning::Call(mac, operands.0))
}

/// Puts the lowered operands into the macro.
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
    names::operand(index, Span::mixed_site())
}

/// The operands that were parsed.
#[derive(Default)]
struct Operands(Vec<Expr>);

impl Operands {
    /// Adds an operand, and returns its placeholder.
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
                Expr::Assign(node) if node.attrs.is_empty() && is_name(&node.left) => {
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

/// Returns whether the left side of a `=` is the name of an argument, and not a place that is assigned to.
fn is_name(expr: &Expr) -> bool {
    matches!(expr, Expr::Path(path) if path.path.get_ident().is_some())
}

/// The content of `matches!(..)`: `value, pat if guard`.
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
    /// Output: the `match` that the standard library's macro expands to.
    fn into_match(self, attrs: &[Attribute]) -> Expr {
        let span = users_at(self.value.span());
        let Matches { value, pat, guard } = self;
        let guard = guard.map(|guard| quote_spanned!(span=> if #guard));
        let arm = parse_quote_spanned!(span=> #pat #guard => true,);
        let mut matches = bind_in_match(&value, arm, span);
        matches
            .arms
            .push(parse_quote_spanned!(span=> #[allow(unreachable_patterns)] _ => false,));
        matches.attrs = attrs.to_vec();
        Expr::Match(matches)
    }
}
