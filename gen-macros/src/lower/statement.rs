//! Where statements end: what becomes of an expression may end elsewhere than that did.

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::token::Paren;
use syn::visit_mut;
use syn::{Expr, ExprParen, Stmt, Token};

use super::{Lower, is_for_await};
use crate::known::operands::called;

impl Lower<'_> {
    pub(super) fn statement(&mut self, stmt: &mut Stmt) {
        // What they become would be the value of a block that they end, and want a semicolon.
        if let Stmt::Expr(expr, end @ None) = stmt {
            *end = match expr {
                Expr::ForLoop(node) if is_for_await(node) => Some(node.for_token.span),
                Expr::Yield(node) if !self.args.sends_value() => Some(node.yield_token.span),
                _ => None,
            }
            .map(|span| Token![;](self.at(span)));
        }
        let ignored = match stmt {
            Stmt::Expr(Expr::Await(node), end) if end.is_some() || is_call(&node.base) => {
                Some(node.base.span())
            }
            _ => None,
        };
        let operands =
            matches!(stmt, Stmt::Expr(Expr::Call(node), Some(_)) if called(node).is_some());
        visit_mut::visit_stmt_mut(self, stmt);
        if operands {
            end_within(stmt);
        }
        if let (Some(span), Stmt::Expr(Expr::Await(node), _)) = (ignored, stmt) {
            in_parentheses(&mut node.base, span);
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

/// Whether a future is the call of a known macro, whose statement ends where the block around it does.
fn is_call(future: &Expr) -> bool {
    matches!(future, Expr::Path(path) if path.path.is_ident("__call"))
}

/// Input: `__body.wait(f)`, of a statement that ignores what the future is ready with.
///
/// Output: `(__body.wait(f))`. So the statement begins and ends where the user's does, and a lint that
/// minds what is ignored shows that place.
fn in_parentheses(wait: &mut Expr, span: Span) {
    *wait = Expr::Paren(ExprParen {
        attrs: Vec::new(),
        paren_token: Paren(span),
        expr: Box::new(wait.clone()),
    });
}
