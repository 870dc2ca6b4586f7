//! The tokens of macros that are not ours.
//!
//! They are not parsed: what they mean is for the macro to say. A yield in them is found by its
//! name, and becomes one when the macro is expanded, by a `yield_!` that the body defines.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::parse::{ParseStream, Parser as _};
use syn::{Expr, Macro, Path, Token};

use crate::region::Region;

/// Macros whose tokens are bodies of their own.
const OURS: &[&str] = &["async_gen_block", "async_gen_body", "async_gen_items"];

/// Macros that have a `yield` and a `for await` of their own: ours, and those of other crates.
const GENERATORS: &[&str] = &[
    "async_gen_block",
    "async_gen_body",
    "async_gen_items",
    "generator",
    "iter",
    "stream",
    "stream_block",
    "try_stream",
];

/// Words that may stand before `!(..)` without naming a macro.
const KEYWORDS: [&str; 10] = [
    "as", "break", "else", "if", "in", "let", "match", "return", "while", "yield",
];

/// The first yield: `yield_!(v)`, and, where a bare one may stand, `yield v`.
pub(crate) fn find_yield(mac: &Macro, bare: bool) -> Option<Span> {
    let named = find(&mac.tokens, OURS, |word, next| {
        is_yield(word) && is_call(next)
    });
    let keyword = find(&mac.tokens, GENERATORS, |word, _| word == "yield");
    let named = named.filter(|_| !is_one_of(&mac.path, OURS));
    named.or_else(|| keyword.filter(|_| bare && !is_one_of(&mac.path, GENERATORS)))
}

/// The first `yield_result!(r)`.
pub(crate) fn find_yield_result(mac: &Macro) -> Option<Span> {
    let found = find(&mac.tokens, OURS, |word, next| {
        word == "yield_result" && is_call(next)
    });
    found.filter(|_| !is_one_of(&mac.path, OURS))
}

/// Whether a macro of this name is a yield.
pub(crate) fn is_yield(name: &Ident) -> bool {
    name == "yield_" || name == "yield_result"
}

/// Whether a body of these tokens is meant to be that of a generator.
pub(crate) fn yields(body: &TokenStream) -> bool {
    let yields = |word: &Ident, next: &[TokenTree]| is_yield(word) && is_call(next);
    find(body, OURS, yields).is_some()
}

/// The first async for, in either spelling.
pub(crate) fn find_for_await(mac: &Macro) -> Option<Span> {
    let found = find(&mac.tokens, GENERATORS, |word, next| {
        word == "for_await"
            || word == "for" && matches!(next, [next, ..] if is_ident(next, "await"))
    });
    found.filter(|_| !is_one_of(&mac.path, GENERATORS))
}

/// The first region.
pub(crate) fn find_region(mac: &Macro) -> Option<(Region, Span)> {
    if is_one_of(&mac.path, OURS) {
        return None;
    }
    Region::ALL.into_iter().find_map(|region| {
        let found = find(&mac.tokens, OURS, |word, next| {
            word == region.name() && is_call(next)
        });
        found.map(|span| (region, span))
    })
}

/// Whether the macro has one of these names.
fn is_one_of(path: &Path, names: &[&str]) -> bool {
    path.segments
        .last()
        .is_some_and(|last| names.iter().any(|name| last.ident == name))
}

/// The first word that is wanted, not looking into the macros to be skipped.
fn find(
    tokens: &TokenStream,
    skip: &[&str],
    wanted: impl Fn(&Ident, &[TokenTree]) -> bool + Copy,
) -> Option<Span> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens
        .iter()
        .enumerate()
        .find_map(|(at, token)| match token {
            TokenTree::Group(group) if !ends_in_call(&tokens[..at], skip) => {
                find(&group.stream(), skip, wanted)
            }
            TokenTree::Ident(word) if wanted(word, &tokens[at + 1..]) => Some(word.span()),
            _ => None,
        })
}

/// Whether what follows a name makes a call of a macro of it. In `name != value` it does not.
fn is_call(next: &[TokenTree]) -> bool {
    matches!(next, [bang, TokenTree::Group(_), ..] if is_punct(bang, '!'))
}

/// Gives the bare yields of a macro the spelling that can be expanded.
pub(crate) fn spell_yields(mac: &mut Macro) {
    if !is_one_of(&mac.path, GENERATORS) {
        mac.tokens = yield_to_macro(std::mem::take(&mut mac.tokens));
    }
}

/// Input: `yield a + b, c`.
///
/// Output: `yield_!(a + b), c`.
fn yield_to_macro(tokens: TokenStream) -> TokenStream {
    let mut output: Vec<TokenTree> = Vec::new();
    let mut tokens = Vec::from_iter(tokens).into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) if !ends_in_call(&output, GENERATORS) => {
                output.push(with_stream(&group, yield_to_macro(group.stream())));
            }
            TokenTree::Ident(word) if word == "yield" => {
                let length = operand_length(tokens.as_slice());
                let value = yield_to_macro(tokens.by_ref().take(length).collect());
                let name = Ident::new("yield_", word.span());
                output.extend(quote_spanned!(word.span()=> #name!(#value)));
            }
            token => output.push(token),
        }
    }
    output.into_iter().collect()
}

/// How many of the tokens are the operand of the `yield` before them.
fn operand_length(tokens: &[TokenTree]) -> usize {
    let rest = |input: ParseStream<'_>| {
        let ends = input.is_empty()
            || input.peek(Token![,])
            || input.peek(Token![;])
            || input.peek(Token![=>]);
        if !ends {
            input.parse::<Expr>()?;
        }
        input.parse::<TokenStream>()
    };
    // What is no expression is for the compiler to refuse, where it stands.
    let rest = rest.parse2(tokens.iter().cloned().collect());
    tokens.len() - rest.map_or(0, |rest| rest.into_iter().count())
}

/// Whether the tokens end in `name!`, of one of these macros.
fn ends_in_call(tokens: &[TokenTree], names: &[&str]) -> bool {
    matches!(tokens, [.., TokenTree::Ident(name), bang]
        if is_punct(bang, '!') && names.iter().any(|call| name == call))
}

/// Whether the tokens end in `name!`, and the macro is none that a body defines.
pub(crate) fn ends_in_call_of_others(tokens: &[TokenTree]) -> bool {
    let is_ours =
        |name: &Ident| is_yield(name) || Region::ALL.iter().any(|region| name == region.name());
    matches!(tokens, [.., TokenTree::Ident(name), bang] if is_punct(bang, '!') && !is_ours(name))
}

/// Whether a macro is called here whose tokens are not part of the body.
pub(crate) fn ends_in_macro_name(tokens: &[TokenTree]) -> bool {
    let is_code = |name: &Ident| {
        KEYWORDS.iter().any(|word| name == word)
            || name == "select"
            || name == "select_biased"
            || Region::ALL.iter().any(|region| name == region.name())
    };
    matches!(tokens, [.., TokenTree::Ident(name), bang] if is_punct(bang, '!') && !is_code(name))
}

pub(crate) fn with_stream(group: &Group, stream: TokenStream) -> TokenTree {
    let mut new = Group::new(group.delimiter(), stream);
    new.set_span(group.span());
    new.into()
}

pub(crate) fn is_ident(token: &TokenTree, name: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == name)
}

pub(crate) fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}
