//! One spelling for every yield and every async for.
//!
//! Users write `yield_!(v)`, or `yield v` where the compiler lets it through, and `#[for_await] for`,
//! or `for await` where tokens are free. After this stage there is `yield v` in what is parsed,
//! `yield_!(v)` in what is not (the tokens of other macros), and `#[for_await] for`.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::parse::{ParseStream, Parser as _};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprYield, Macro, Path, Stmt, Token};

use crate::errors::Errors;
use crate::scope::is_generator;

/// Macros whose yields and `for await`s are their own: ours, and those of other crates.
const GENERATOR_MACROS: [&str; 7] = [
    "async_gen_block",
    "async_gen_items",
    "stream",
    "try_stream",
    "stream_block",
    "generator",
    "iter",
];

/// Words that may stand before `!(..)` without naming a macro.
const KEYWORDS: [&str; 10] = [
    "as", "break", "else", "if", "in", "let", "match", "return", "while", "yield",
];

/// Whether what stands in the tokens of this macro belongs to the macro.
pub(crate) fn is_generator_macro(path: &Path) -> bool {
    path.segments
        .last()
        .is_some_and(|segment| GENERATOR_MACROS.iter().any(|name| segment.ident == name))
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
                output.push(in_group(&group, for_await_to_attribute(group.stream())));
            }
            TokenTree::Ident(ident) if ident == "for" => {
                if let Some(TokenTree::Ident(word)) = tokens.next_if(|next| is_ident(next, "await"))
                {
                    let span = word.span();
                    let at = label_start(&output);
                    output.splice(at..at, quote_spanned!(span=> #[for_await]));
                }
                output.push(ident.into());
            }
            token => output.push(token),
        }
    }
    output.into_iter().collect()
}

/// Input: `yield a + b, c` in the tokens of a macro.
///
/// Output: `yield_!(a + b), c`.
pub(crate) fn yield_to_macro(tokens: TokenStream) -> TokenStream {
    let mut output: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) if !ends_in_generator_macro(&output) => {
                output.push(in_group(&group, yield_to_macro(group.stream())));
            }
            TokenTree::Ident(word) if word == "yield" => {
                let (value, rest) = split_operand(tokens.collect());
                let value = yield_to_macro(value);
                let name = Ident::new("yield_", word.span());
                output.extend(quote_spanned!(word.span()=> #name!(#value)));
                tokens = rest.into_iter();
            }
            token => output.push(token),
        }
    }
    output.into_iter().collect()
}

/// The first yield in the tokens of a macro, in either spelling.
pub(crate) fn find_yield(tokens: TokenStream) -> Option<Span> {
    find(tokens, |word, next| {
        word == "yield" || word == "yield_" && next.is_some_and(|next| is_punct(next, '!'))
    })
}

/// The first async for in the tokens of a macro, in either spelling.
pub(crate) fn find_for_await(tokens: TokenStream) -> Option<Span> {
    find(tokens, |word, next| {
        word == "for_await" || word == "for" && next.is_some_and(|next| is_ident(next, "await"))
    })
}

fn find(tokens: TokenStream, wanted: fn(&Ident, Option<&TokenTree>) -> bool) -> Option<Span> {
    let mut before: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Group(group) if !ends_in_generator_macro(&before) => {
                if let Some(span) = find(group.stream(), wanted) {
                    return Some(span);
                }
            }
            TokenTree::Ident(word) if wanted(word, tokens.peek()) => return Some(word.span()),
            _ => {}
        }
        before.push(token);
    }
    None
}

/// Splits `a + b, c` into `a + b` and `, c`: what a bare `yield` takes, and what follows it.
fn split_operand(tokens: Vec<TokenTree>) -> (TokenStream, TokenStream) {
    let count = tokens.len();
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
    let left = rest
        .parse2(tokens.iter().cloned().collect())
        .map_or(count, |rest| rest.into_iter().count());
    let mut tokens = tokens.into_iter();
    let operand = tokens.by_ref().take(count - left).collect();
    (operand, tokens.collect())
}

/// Where the label of the loop that is about to begin starts, or the end.
fn label_start(output: &[TokenTree]) -> usize {
    match output {
        [
            ..,
            TokenTree::Punct(quote),
            TokenTree::Ident(_),
            TokenTree::Punct(colon),
        ] if quote.as_char() == '\'' && colon.as_char() == ':' => output.len() - 3,
        _ => output.len(),
    }
}

fn ends_in_macro_name(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [.., TokenTree::Ident(name), bang]
        if is_punct(bang, '!') && KEYWORDS.iter().all(|word| name != word))
}

fn ends_in_generator_macro(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [.., TokenTree::Ident(name), bang]
        if is_punct(bang, '!') && GENERATOR_MACROS.iter().any(|word| name == word))
}

fn in_group(group: &Group, stream: TokenStream) -> TokenTree {
    let mut new = Group::new(group.delimiter(), stream);
    new.set_span(group.span());
    new.into()
}

fn is_ident(token: &TokenTree, name: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == name)
}

fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}

/// Input: `yield_!(v)` wherever it is parsed.
///
/// Output: `yield v`, also where it is out of place: that is for the check to say.
pub(crate) struct YieldToKeyword<'a> {
    pub(crate) errors: &'a mut Errors,
}

impl YieldToKeyword<'_> {
    fn expr(&mut self, mac: &Macro) -> Option<Expr> {
        if !mac.path.is_ident("yield_") {
            return None;
        }
        let value = if mac.tokens.is_empty() {
            None
        } else {
            let value = mac.parse_body::<Expr>().map_err(|error| {
                syn::Error::new(error.span(), "expected one expression in `yield_!`")
            });
            Some(Box::new(self.errors.ok(value)?))
        };
        let yield_token = Token![yield](mac.path.segments[0].ident.span());
        Some(Expr::Yield(ExprYield {
            attrs: Vec::new(),
            yield_token,
            expr: value,
        }))
    }
}

impl VisitMut for YieldToKeyword<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let replacement = match expr {
            Expr::Macro(call) => self.expr(&call.mac),
            _ => None,
        };
        if let Some(replacement) = replacement {
            *expr = replacement;
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        let replacement = match stmt {
            Stmt::Macro(call) => self
                .expr(&call.mac)
                .map(|expr| Stmt::Expr(expr, call.semi_token)),
            _ => None,
        };
        if let Some(replacement) = replacement {
            *stmt = replacement;
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }

    fn visit_item_fn_mut(&mut self, function: &mut syn::ItemFn) {
        if !is_generator(&function.attrs) {
            visit_mut::visit_item_fn_mut(self, function);
        }
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut syn::ImplItemFn) {
        if !is_generator(&function.attrs) {
            visit_mut::visit_impl_item_fn_mut(self, function);
        }
    }
}
