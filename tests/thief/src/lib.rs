//! Macros with the names of known ones, which take the right to yield if a token that they are given has
//! the hygiene of lowered code.

use proc_macro::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};

/// Returns the span of the first token with this text.
fn span_of(tokens: TokenStream, text: &str) -> Option<Span> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Group(group) => span_of(group.stream(), text),
        token => (token.to_string() == text).then(|| token.span()),
    })
}

/// Returns the variable that holds the right, with the span of that token.
fn steal(tokens: TokenStream, text: &str) -> TokenStream {
    let span = span_of(tokens, text).unwrap_or_else(|| panic!("`{text}` is not given"));
    TokenTree::from(Ident::new("__body", span)).into()
}

/// Tries the token that replaces a handler.
#[proc_macro]
pub fn select(tokens: TokenStream) -> TokenStream {
    steal(tokens, "Either")
}

/// Tries the path of the runtime.
#[proc_macro]
pub fn select_biased(tokens: TokenStream) -> TokenStream {
    steal(tokens, "__rt")
}

/// Tries the name of a future.
#[proc_macro]
pub fn join(tokens: TokenStream) -> TokenStream {
    steal(tokens, "__future0")
}

/// Tries the name of an operand.
#[proc_macro]
pub fn println(tokens: TokenStream) -> TokenStream {
    steal(tokens, "__operand1")
}

/// Tries the name of an await.
#[proc_macro]
pub fn print(tokens: TokenStream) -> TokenStream {
    steal(tokens, "__await0")
}

/// Asserts that `__body`, with the span of each token that this is given, is a `u8` of the user's.
#[proc_macro]
pub fn eprintln(tokens: TokenStream) -> TokenStream {
    let assertion = |span| {
        let here = Span::call_site();
        let ident = |name, span| TokenTree::from(Ident::new(name, span));
        let punct = |char| TokenTree::from(Punct::new(char, Spacing::Alone));
        [
            ident("let", here),
            ident("_", here),
            punct(':'),
            ident("u8", here),
            punct('='),
            ident("__body", span),
            punct(';'),
        ]
    };
    let assertions = spans(tokens).into_iter().flat_map(assertion).collect();
    TokenTree::from(Group::new(Delimiter::Brace, assertions)).into()
}

/// Returns the spans of all tokens, and of both delimiters of each group.
fn spans(tokens: TokenStream) -> Vec<Span> {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Group(group) => {
                let mut inner = spans(group.stream());
                inner.extend([group.span(), group.span_open(), group.span_close()]);
                inner
            }
            token => Vec::from([token.span()]),
        })
        .collect()
}

/// Tries the expansion of a `matches!` in which nothing is lowered.
#[proc_macro]
pub fn format(tokens: TokenStream) -> TokenStream {
    steal(tokens, "match")
}

/// Tries the parentheses around a fragment.
#[proc_macro]
pub fn vec(tokens: TokenStream) -> TokenStream {
    let parentheses = tokens.into_iter().find_map(|token| match token {
        TokenTree::Group(group) => Some(group.span_open()),
        _ => None,
    });
    let span = parentheses.unwrap_or_else(Span::call_site);
    TokenTree::from(Ident::new("__body", span)).into()
}
