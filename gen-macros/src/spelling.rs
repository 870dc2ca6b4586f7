//! One spelling for every yield and every async for, and a syntax for regions.
//!
//! Users write `yield_!(v)`, or `yield v` where the compiler lets it through, and `#[for_await] for`,
//! or `for await` where tokens are free. After this stage there is `yield v` in what is parsed, and
//! `#[for_await] for`; the calls of `attempt!` and `defer!` are parsed, see `region`. The tokens of
//! other macros are not: see `foreign`.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::spanned::Spanned as _;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, ExprYield, Macro, MacroDelimiter, Stmt, Token};

use crate::errors::Errors;
use crate::foreign::{is_ident, is_punct, with_stream};
use crate::region::{self, Region};
use crate::scope::is_generator;

/// Words that may stand before `!(..)` without naming a macro.
const KEYWORDS: [&str; 10] = [
    "as", "break", "else", "if", "in", "let", "match", "return", "while", "yield",
];

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

/// Where the label of the loop that is about to begin starts, or the end.
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

/// Whether a macro is called here whose tokens are not part of the body.
fn ends_in_macro_name(tokens: &[TokenTree]) -> bool {
    let is_code = |name: &Ident| {
        KEYWORDS.iter().any(|word| name == word)
            || Region::ALL.iter().any(|region| name == region.name())
    };
    matches!(tokens, [.., TokenTree::Ident(name), bang] if is_punct(bang, '!') && !is_code(name))
}

/// Input: `yield_!(v)`, `attempt! { .. }` and `defer! { .. }` wherever they are parsed.
///
/// Output: `yield v`, `#[attempt] try { .. }` and `#[defer] try { .. };`, also where they are out of
/// place: that is for the check to say.
pub(crate) struct MacrosToSyntax<'a> {
    pub(crate) errors: &'a mut Errors,
}

impl MacrosToSyntax<'_> {
    pub(crate) fn visit_statements(&mut self, statements: &mut [Stmt]) {
        if let [before @ .., _] = &mut *statements {
            for statement in before {
                end_at_brace(statement);
            }
        }
        for statement in statements {
            self.visit_stmt_mut(statement);
        }
    }

    fn expr(&mut self, mac: &Macro, attrs: &[Attribute]) -> Option<Expr> {
        match Region::of_macro(&mac.path) {
            Some(region) => Some(self.region(region, mac, attrs)),
            None if mac.path.is_ident("yield_") => self.yields(mac, attrs),
            None => None,
        }
    }

    fn yields(&mut self, mac: &Macro, attrs: &[Attribute]) -> Option<Expr> {
        let value = if mac.tokens.is_empty() {
            None
        } else {
            let value = mac.parse_body::<Expr>().map_err(|error| {
                syn::Error::new(error.span(), "expected one expression in `yield_!`")
            });
            Some(Box::new(self.errors.ok(value)?))
        };
        Some(Expr::Yield(ExprYield {
            attrs: attrs.to_vec(),
            yield_token: Token![yield](mac.path.segments[0].ident.span()),
            expr: value,
        }))
    }

    /// What is in a region that cannot be parsed is told, and left out.
    fn region(&mut self, region: Region, mac: &Macro, attrs: &[Attribute]) -> Expr {
        let statements = self
            .errors
            .ok(mac.parse_body_with(syn::Block::parse_within));
        region::to_syntax(region, mac, attrs, statements.unwrap_or_default())
    }
}

/// Input: `yield_! { v }` as a statement, which ends at its brace.
///
/// Output: `yield_! { v };`, since the expression that it becomes does not. `attempt!` likewise.
fn end_at_brace(statement: &mut Stmt) {
    if let Stmt::Macro(call) = statement {
        if let MacroDelimiter::Brace(brace) = call.mac.delimiter {
            if call.mac.path.is_ident("yield_") || Region::of_macro(&call.mac.path).is_some() {
                call.semi_token = Some(Token![;](brace.span.close()));
            }
        }
    }
}

impl VisitMut for MacrosToSyntax<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let replacement = match expr {
            Expr::Macro(call) => {
                if Region::of_macro(&call.mac.path) == Some(Region::Defer) {
                    let message =
                        "`defer!` is not supported in an expression; write it as a statement";
                    self.errors.at(call.mac.path.span(), message);
                }
                self.expr(&call.mac, &call.attrs)
            }
            Expr::TryBlock(node) => {
                // Only this stage may mark a region.
                if let Some(attr) = Region::of(node).and(node.attrs.pop()) {
                    let message = "attribute macros are not supported in a body; put it on an item";
                    self.errors.at(attr.path().span(), message);
                }
                None
            }
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
                .expr(&call.mac, &call.attrs)
                .map(|expr| (expr, call.semi_token)),
            _ => None,
        };
        match replacement {
            Some((mut expr, end)) => {
                visit_mut::visit_expr_mut(self, &mut expr);
                *stmt = Stmt::Expr(expr, end);
            }
            None => visit_mut::visit_stmt_mut(self, stmt),
        }
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        self.visit_statements(&mut block.stmts);
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

    fn visit_trait_item_fn_mut(&mut self, function: &mut syn::TraitItemFn) {
        if !is_generator(&function.attrs) {
            visit_mut::visit_trait_item_fn_mut(self, function);
        }
    }
}
