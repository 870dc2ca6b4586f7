//! The end of a list of statements.

use syn::{Expr, ExprMacro, Stmt, StmtMacro};

use super::Lower;
use crate::args::Args;
use crate::body::node::Node;
use crate::names;
use crate::syntax::macro_kind::MacroKind;

/// The end of a body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Unit,
    /// The return value.
    Value,
    /// The return value or an error, written as `Ok(..)` or `Err(..)` in a body that throws.
    Result,
}

impl End {
    pub(super) fn of(statements: &[Stmt], args: &Args) -> Self {
        match statements.last() {
            Some(Stmt::Expr(value, None)) if args.throws.is_some() && is_result(value) => {
                End::Result
            }
            _ if args.returns_value() => End::Value,
            _ => End::Unit,
        }
    }
}

/// Returns whether a value is written as `Ok(..)` or `Err(..)`.
pub(super) fn is_result(value: &Expr) -> bool {
    match value {
        Expr::Group(inner) => is_result(&inner.expr),
        Expr::Paren(inner) => is_result(&inner.expr),
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => {
                let mut names = path
                    .path
                    .segments
                    .iter()
                    .rev()
                    .map(|segment| &segment.ident);
                names
                    .next()
                    .is_some_and(|name| name == "Ok" || name == "Err")
                    && names.next().is_none_or(|name| name == "Result")
            }
            _ => false,
        },
        _ => false,
    }
}

/// Returns whether a yielded value is an item of a body that throws: `Ok(..)`, `Err(..)`, or that of a `yield_result!`.
pub(super) fn is_item(value: &Expr) -> bool {
    match value {
        Expr::Group(inner) => is_item(&inner.expr),
        Expr::Paren(inner) => is_item(&inner.expr),
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => names::is_item(&path.path) || is_result(value),
            _ => false,
        },
        _ => false,
    }
}

impl Lower<'_> {
    /// Returns whether the last statement is a value: not a `defer!`, and not a loop, which seldom has one.
    pub(super) fn ends_in_value(&self, statements: &[Stmt]) -> bool {
        match statements.last() {
            Some(Stmt::Expr(Expr::ForLoop(_) | Expr::Loop(_) | Expr::While(_), None)) => false,
            Some(Stmt::Expr(expr, None)) => !matches!(
                self.nodes.get(expr),
                Some(Node::Defer { .. } | Node::Endless(_))
            ),
            _ => false,
        }
    }

    /// Returns whether the value of the statements is `()`, and not that of a jump, or of a macro that may be one.
    pub(super) fn ends_in_unit(&self, statements: &[Stmt]) -> bool {
        match statements.last() {
            Some(Stmt::Macro(_) | Stmt::Expr(Expr::Loop(_), None)) => false,
            _ => !self.never_ends(statements) && !self.ends_in_value(statements),
        }
    }

    /// Returns whether the last statement is a jump, a loop without a `break`, or a panic.
    pub(super) fn never_ends(&self, statements: &[Stmt]) -> bool {
        match statements.last() {
            Some(Stmt::Macro(call)) => MacroKind::called(&call.mac) == MacroKind::Panic,
            Some(Stmt::Expr(Expr::Return(_) | Expr::Break(_) | Expr::Continue(_), _)) => true,
            Some(Stmt::Expr(expr, _)) => match self.nodes.get(expr) {
                Some(Node::Leave { .. } | Node::Endless(_)) => true,
                Some(Node::Call(call)) => MacroKind::called(&call.mac) == MacroKind::Panic,
                _ => false,
            },
            _ => false,
        }
    }
}

/// Input: `..; return;`, and the like.
///
/// Output: `..; return`, so that the block has the type of that expression, `!`.
pub(super) fn without_semicolon(mut statements: Vec<Stmt>) -> Vec<Stmt> {
    let last = match statements.pop() {
        Some(Stmt::Expr(expr, _)) => Some(Stmt::Expr(expr, None)),
        Some(Stmt::Macro(StmtMacro { attrs, mac, .. })) => {
            Some(Stmt::Expr(Expr::Macro(ExprMacro { attrs, mac }), None))
        }
        last => last,
    };
    statements.extend(last);
    statements
}
