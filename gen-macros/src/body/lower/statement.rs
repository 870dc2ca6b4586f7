//! The ends of statements: the lowered expression may need a semicolon where the user's did not, or the reverse.

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::token::Brace;
use syn::visit_mut;
use syn::{Expr, Stmt, Token};

use super::{Lower, is_for_await};
use crate::body::node::Node;
use crate::names::is_call;

impl Lower<'_> {
    pub(super) fn statement(&mut self, stmt: &mut Stmt) {
        // Without a semicolon, the lowered expression would be the value of the block.
        if let Stmt::Expr(expr, end @ None) = stmt {
            *end = match expr {
                Expr::ForLoop(node) if is_for_await(node) => Some(node.for_token.span),
                Expr::Yield(node) if !self.args.sends_value() => Some(node.yield_token.span),
                _ => None,
            }
            .map(|span| Token![;](self.span_at(span)));
        }
        let ignored = match stmt {
            Stmt::Expr(Expr::Await(node), end) if end.is_some() || is_call(&node.base) => {
                Some((node.base.span(), node.await_token.span))
            }
            _ => None,
        };
        let is_known_call = matches!(stmt, Stmt::Expr(expr, Some(_))
            if matches!(self.nodes.get(expr), Some(Node::Call(_))));
        visit_mut::visit_stmt_mut(self, stmt);
        if is_known_call {
            end_within(stmt);
        }
        if let (Some((first, last)), Stmt::Expr(expr, end)) = (ignored, stmt) {
            set_span(expr, first, last);
            if let Some(end) = end {
                // Generated span, so that `clippy::unnecessary_semicolon` does not fire.
                end.span = self.span_at(end.span);
            }
        }
    }
}

/// Input: `{ macro_rules! .. println!(..) };`.
///
/// Output: `{ macro_rules! .. println!(..); };`.
fn end_within(stmt: &mut Stmt) {
    if let Stmt::Expr(Expr::Block(node), Some(end)) = stmt {
        match node.block.stmts.last_mut() {
            Some(Stmt::Macro(call)) => call.semi_token = Some(*end),
            Some(Stmt::Expr(_, inner)) => *inner = Some(*end),
            _ => {}
        }
    }
}

/// Gives a lowered await the span of the user's statement, which ignores its output, so that `unused_must_use` points
/// there.
fn set_span(expr: &mut Expr, first: Span, last: Span) {
    if let Expr::Match(node) = expr {
        node.match_token.span = first;
        node.brace_token = Brace(last);
    }
}
