//! One spelling for every yield and every async for, and a syntax for regions.
//!
//! Users write `yield_!(v)`, or `yield v` where the compiler lets it through, and `#[for_await] for`,
//! or `for await` where tokens are free. After this stage there is `yield v` in what is parsed, and
//! `#[for_await] for`; the calls of `attempt!` and `defer!` are parsed, see `region`, and those of
//! macros whose grammar is known, see `known`. The tokens of other macros are not: see `foreign`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::spanned::Spanned as _;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, ExprYield, Macro, Stmt, StmtMacro, Token, token};

use crate::errors::Errors;
use crate::foreign::{ends_in_macro_name, is_ident, is_punct, is_yield, with_stream};
use crate::fragments::{TypesToParentheses, to_parentheses};
use crate::known::{self, operands};
use crate::names::{Names, given};
use crate::region::{self, Region};
use crate::scope::is_generator;

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

/// Input: `yield_!(v)`, `attempt! { .. }` and `defer! { .. }` wherever they are parsed.
///
/// Output: `yield v`, `#[attempt] try { .. }` and `#[defer] try { .. };`, also where they are out of
/// place: that is for the check to say. Macros whose grammar is known become syntax in the body itself.
pub(crate) struct MacrosToSyntax<'a> {
    names: &'a Names,
    errors: &'a mut Errors,
    /// Whether this is in a closure, or something else with a body of its own.
    enclosed: bool,
}

impl<'a> MacrosToSyntax<'a> {
    pub(crate) fn new(names: &'a Names, errors: &'a mut Errors) -> Self {
        MacrosToSyntax {
            names,
            errors,
            enclosed: false,
        }
    }

    fn enclosed(&mut self, visit: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.enclosed, true);
        visit(self);
        self.enclosed = outer;
    }

    /// A statement that ends at a brace may become an expression that does not: `yield_! { v }`.
    pub(crate) fn visit_statements(&mut self, statements: &mut [Stmt]) {
        let last = statements.len().saturating_sub(1);
        for (index, statement) in statements.iter_mut().enumerate() {
            let brace = ends_at_brace(statement).filter(|_| index < last);
            self.visit_stmt_mut(statement);
            if let (Some(brace), Stmt::Expr(expr, end @ None)) = (brace, statement) {
                *end = (!matches!(expr, Expr::Block(_) | Expr::Match(_))).then(|| Token![;](brace));
            }
        }
    }

    fn expr(&mut self, mac: &Macro, attrs: &[Attribute]) -> Option<Expr> {
        let own = self.names.own_macro(&mac.path);
        if let Some(region) = own.and_then(Region::named) {
            return Some(self.region(region, mac, attrs));
        }
        if let Some(name) = own.filter(|name| is_yield(name)) {
            return self.yields(name, mac, attrs);
        }
        if self.enclosed {
            return None;
        }
        known::to_syntax(mac, attrs, self.names)
    }

    /// Only this stage may mark what stands for something else.
    fn refuse_mark(&mut self, mark: Option<Attribute>) {
        if let Some(mark) = mark {
            let message = "attribute macros are not supported in a body; put it on an item";
            self.errors.at(mark.path().span(), message);
        }
    }

    /// Input: `yield_!(v)`, `yield_result!(r)`.
    ///
    /// Output: `yield v`, `yield ::gen_runtime::__private::item(r)`.
    fn yields(&mut self, name: &Ident, mac: &Macro, attrs: &[Attribute]) -> Option<Expr> {
        let is_result = name == "yield_result";
        let value = if mac.tokens.is_empty() && !is_result {
            None
        } else {
            let value = mac.parse_body::<Expr>().map_err(|error| {
                let message = format!("expected one expression in `{name}!`");
                syn::Error::new(error.span(), message)
            });
            let value = self.errors.ok(value)?;
            Some(Box::new(if is_result {
                self.names.item(&value)
            } else {
                value
            }))
        };
        Some(Expr::Yield(ExprYield {
            attrs: attrs.to_vec(),
            yield_token: Token![yield](name.span()),
            expr: value,
        }))
    }

    /// Input: `attempt! { .. }` or `attempt!({ .. })`, which rustfmt formats.
    ///
    /// What is in a region that cannot be parsed is told, and left out.
    fn region(&mut self, region: Region, mac: &Macro, attrs: &[Attribute]) -> Expr {
        let parsed = mac.parse_body_with(syn::Block::parse_within);
        let mut stmts = self.errors.ok(parsed).unwrap_or_default();
        let mut braces = mac.delimiter.span().join();
        if let [Stmt::Expr(Expr::Block(inner), None)] = &mut stmts[..] {
            if inner.label.is_none() && inner.attrs.is_empty() {
                braces = inner.block.brace_token.span.join();
                stmts = std::mem::take(&mut inner.block.stmts);
            }
        }
        region::to_syntax(
            region,
            mac.path.segments.last().span(),
            braces,
            attrs,
            stmts,
        )
    }
}

/// Where a macro as a statement ends by its brace.
fn ends_at_brace(statement: &Stmt) -> Option<Span> {
    match statement {
        Stmt::Macro(StmtMacro {
            mac,
            semi_token: None,
            ..
        }) => Some(mac.delimiter.span().close()),
        _ => None,
    }
}

impl VisitMut for MacrosToSyntax<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let replacement = match expr {
            Expr::Macro(call) => {
                let own = self.names.own_macro(&call.mac.path);
                if own.and_then(Region::named) == Some(Region::Defer) {
                    let message =
                        "`defer!` is not supported in an expression; write it as a statement";
                    self.errors.at(call.mac.path.span(), message);
                }
                self.expr(&call.mac, &call.attrs)
            }
            Expr::TryBlock(node) => {
                if Region::of(node).is_some() {
                    self.refuse_mark(node.attrs.pop());
                }
                None
            }
            Expr::Call(node) if operands::is_marked(node) => {
                self.refuse_mark(node.attrs.pop());
                None
            }
            Expr::Group(group) => to_parentheses(group),
            _ => None,
        };
        if let Some(replacement) = replacement {
            *expr = replacement;
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_expr_closure_mut(&mut self, node: &mut syn::ExprClosure) {
        self.enclosed(|visitor| visit_mut::visit_expr_closure_mut(visitor, node));
    }

    fn visit_expr_async_mut(&mut self, node: &mut syn::ExprAsync) {
        self.enclosed(|visitor| visit_mut::visit_expr_async_mut(visitor, node));
    }

    fn visit_expr_repeat_mut(&mut self, node: &mut syn::ExprRepeat) {
        self.visit_expr_mut(&mut node.expr);
        self.enclosed(|visitor| visitor.visit_expr_mut(&mut node.len));
    }

    fn visit_expr_const_mut(&mut self, node: &mut syn::ExprConst) {
        self.enclosed(|visitor| visit_mut::visit_expr_const_mut(visitor, node));
    }

    fn visit_type_mut(&mut self, node: &mut syn::Type) {
        TypesToParentheses.visit_type_mut(node);
        self.enclosed(|visitor| visit_mut::visit_type_mut(visitor, node));
    }

    fn visit_item_mut(&mut self, node: &mut syn::Item) {
        self.enclosed(|visitor| visit_mut::visit_item_mut(visitor, node));
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

    // No parentheses may stand there.
    fn visit_pat_mut(&mut self, pat: &mut syn::Pat) {
        if !matches!(pat, syn::Pat::Range(_)) {
            visit_mut::visit_pat_mut(self, pat);
        }
    }

    fn visit_generic_argument_mut(&mut self, argument: &mut syn::GenericArgument) {
        match argument {
            syn::GenericArgument::Const(Expr::Group(_)) => {}
            argument => visit_mut::visit_generic_argument_mut(self, argument),
        }
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        let ends_in_macro = matches!(block.stmts.last(), Some(Stmt::Macro(_)));
        self.visit_statements(&mut block.stmts);
        if ends_in_macro && matches!(block.stmts.last(), Some(Stmt::Expr(_, None))) {
            // Lints know that nobody wrote what it ends in.
            block.brace_token = token::Brace(given(block.brace_token.span.join()));
        }
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
