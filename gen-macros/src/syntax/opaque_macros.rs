//! The tokens of macros that are not parsed: their meaning is for the macro to decide.
//!
//! A yield in them is found by its name. It becomes one when the macro is expanded, by a `yield_!` that the body
//! defines.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::parse::{ParseStream, Parser as _};
use syn::{Expr, Macro, Token};

use super::macro_kind::MacroKind;

/// Words that may precede `!(..)` without naming a macro.
const KEYWORDS: [&str; 10] = [
    "as", "break", "else", "if", "in", "let", "match", "return", "while", "yield",
];

/// Returns whether the tokens of a macro are bodies of their own.
fn is_generator(kind: MacroKind) -> bool {
    kind == MacroKind::Generator
}

/// Returns whether `yield` and `for await` have a meaning of their own in the tokens of a macro.
fn has_own_yield(kind: MacroKind) -> bool {
    matches!(kind, MacroKind::Generator | MacroKind::OtherGenerator)
}

/// Finds the first call of such a macro in the tokens of another one, and returns its name.
pub(crate) fn find_macro(mac: &Macro, wanted: impl Fn(MacroKind) -> bool + Copy) -> Option<Ident> {
    let found = find_call(&mac.tokens, wanted)?;
    (!is_generator(MacroKind::called(mac))).then_some(found)
}

/// Finds the name of the first `attempt!` or, if there is none, of the first `defer!`. One with a path, such as
/// `scopeguard::defer!`, is another macro.
pub(crate) fn find_region(mac: &Macro) -> Option<Ident> {
    if is_generator(MacroKind::called(mac)) {
        return None;
    }
    let find_region = |region| {
        find(&mac.tokens, is_generator, move |before, word, next| {
            let has_path = matches!(before, [.., colon] if is_punct(colon, ':'));
            MacroKind::named(word) == region && is_call(next) && !has_path
        })
    };
    find_region(MacroKind::Attempt).or_else(|| find_region(MacroKind::Defer))
}

/// Finds the first async for, in either spelling.
pub(crate) fn find_for_await(mac: &Macro) -> Option<Span> {
    let found = find(&mac.tokens, has_own_yield, |_, word, next| {
        word == "for_await"
            || word == "for" && matches!(next, [next, ..] if is_ident(next, "await"))
    })?;
    (!has_own_yield(MacroKind::called(mac))).then(|| found.span())
}

/// Returns whether a body of these tokens is meant to be that of a generator.
pub(crate) fn yields(body: &TokenStream) -> bool {
    find_call(body, |kind| kind.is_yield() || kind.is_delegation()).is_some()
}

/// Finds the name of the first call of such a macro.
fn find_call(tokens: &TokenStream, wanted: impl Fn(MacroKind) -> bool + Copy) -> Option<Ident> {
    find(tokens, is_generator, |_, word, next| {
        wanted(MacroKind::named(word)) && is_call(next)
    })
}

/// Finds the first word that is wanted, given the tokens before and after it, outside of the macros to be skipped.
fn find(
    tokens: &TokenStream,
    skip: fn(MacroKind) -> bool,
    wanted: impl Fn(&[TokenTree], &Ident, &[TokenTree]) -> bool + Copy,
) -> Option<Ident> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens
        .iter()
        .enumerate()
        .find_map(|(at, token)| match token {
            TokenTree::Group(group) if !macro_before(&tokens[..at]).is_some_and(skip) => {
                find(&group.stream(), skip, wanted)
            }
            TokenTree::Ident(word) if wanted(&tokens[..at], word, &tokens[at + 1..]) => {
                Some(word.clone())
            }
            _ => None,
        })
}

/// Returns whether the tokens after a name make it a macro call. In `name != value` they do not.
fn is_call(next: &[TokenTree]) -> bool {
    matches!(next, [bang, TokenTree::Group(_), ..] if is_punct(bang, '!'))
}

/// The macro that a group after these tokens belongs to.
fn macro_before(tokens: &[TokenTree]) -> Option<MacroKind> {
    match tokens {
        // A label before `!`, as in `break 'stream !{ .. }`.
        [.., quote, TokenTree::Ident(_), _] if is_punct(quote, '\'') => None,
        [.., TokenTree::Ident(name), bang] if is_punct(bang, '!') => {
            let is_keyword = KEYWORDS.iter().any(|word| name == word);
            (!is_keyword).then(|| MacroKind::named(name))
        }
        _ => None,
    }
}

/// Returns whether a group after these tokens belongs to a macro that a body does not define.
pub(crate) fn ends_in_call_of_others(tokens: &[TokenTree]) -> bool {
    macro_before(tokens).is_some_and(|kind| !kind.is_of_bodies())
}

/// Returns whether a group after these tokens belongs to a macro, and is not code of the body.
pub(crate) fn ends_in_macro_name(tokens: &[TokenTree]) -> bool {
    macro_before(tokens).is_some_and(|kind| !kind.is_region() && kind != MacroKind::Select)
}

/// Gives the bare yields of a macro the spelling that can be expanded.
pub(crate) fn spell_yields(mac: &mut Macro) {
    if !has_own_yield(MacroKind::called(mac)) {
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
            TokenTree::Group(group) if !macro_before(&output).is_some_and(has_own_yield) => {
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

/// Counts the tokens that are the operand of the `yield` before them.
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
    // If there is no expression, the compiler reports it where it is.
    let rest = rest.parse2(tokens.iter().cloned().collect());
    tokens.len() - rest.map_or(0, |rest| rest.into_iter().count())
}

/// Input: `for await x in stream { .. }`, outside of the tokens of macros.
///
/// Output: `#[for_await] for x in stream { .. }`.
pub(crate) fn for_await_to_attribute(tokens: TokenStream) -> TokenStream {
    let mut output: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) if !ends_in_macro_name(&output) => {
                output.push(with_stream(&group, for_await_to_attribute(group.stream())));
            }
            TokenTree::Ident(ident) if ident == "for" => {
                if let Some(word) = tokens.next_if(|next| is_ident(next, "await")) {
                    let at = label_start(&output);
                    output.splice(at..at, quote_spanned!(word.span()=> #[for_await]));
                }
                output.push(ident.into());
            }
            token => output.push(token),
        }
    }
    output.into_iter().collect()
}

/// Finds the start of the label of a loop that follows, or the end of the tokens.
fn label_start(output: &[TokenTree]) -> usize {
    match output {
        [.., quote, TokenTree::Ident(_), colon]
            if is_punct(quote, '\'') && is_punct(colon, ':') =>
        {
            output.len() - 3
        }
        _ => output.len(),
    }
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
