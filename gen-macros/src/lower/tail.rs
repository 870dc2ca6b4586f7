//! What a list of statements ends with.

use syn::{Expr, ExprMacro, Macro, Stmt, StmtMacro};

use crate::args::Args;
use crate::jumps::{self, Jump};
use crate::known::operands::called;
use crate::names;
use crate::region::Region;

/// What a body ends with.
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

/// Whether a value is written as `Ok(..)` or `Err(..)`.
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

/// Whether a yielded value is an item of a body that throws: `Ok(..)`, `Err(..)`, or what a `yield_result!`
/// marked.
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

/// Whether the last statement is a value: not a `defer!`, and not a loop, which seldom has one.
pub(super) fn ends_in_value(statements: &[Stmt]) -> bool {
    match statements.last() {
        Some(Stmt::Expr(Expr::ForLoop(_) | Expr::Loop(_) | Expr::While(_), None)) => false,
        Some(Stmt::Expr(Expr::TryBlock(node), None)) => Region::of(node) != Some(Region::Defer),
        last => matches!(last, Some(Stmt::Expr(_, None))),
    }
}

/// Whether the value of the statements is `()`, and not that of a jump, or of a macro that may be one.
pub(super) fn ends_in_unit(statements: &[Stmt]) -> bool {
    match statements.last() {
        Some(Stmt::Expr(end, _)) if never_ends(end) => false,
        Some(Stmt::Macro(_) | Stmt::Expr(Expr::Loop(_), None)) => false,
        _ => !ends_in_value(statements),
    }
}

/// Input: `..; return;`, and the like.
///
/// Output: `..; return`, whose type is that of any value. The type of a block that something else
/// may leave would not be known otherwise.
pub(super) fn ends_in_jump(mut statements: Vec<Stmt>) -> Vec<Stmt> {
    let last = match statements.pop() {
        Some(Stmt::Expr(jump, _)) if never_ends(&jump) => Some(Stmt::Expr(jump, None)),
        Some(Stmt::Macro(StmtMacro { attrs, mac, .. })) if is_panic(&mac) => {
            Some(Stmt::Expr(Expr::Macro(ExprMacro { attrs, mac }), None))
        }
        last => last,
    };
    statements.extend(last);
    statements
}

/// Whether an expression is a jump, or a loop that nothing breaks.
fn never_ends(expr: &Expr) -> bool {
    match expr {
        Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => true,
        Expr::Call(node) => called(node).is_some_and(is_panic),
        Expr::Loop(node) => {
            let label = node.label.as_ref().map(|label| &label.name);
            let leaving = jumps::out_of(&node.body.stmts);
            !leaving.iter().any(|leaving| match &leaving.jump {
                Jump::Break(target) => target.is_none() || target.as_ref() == label,
                _ => false,
            })
        }
        _ => false,
    }
}

fn is_panic(call: &Macro) -> bool {
    const NAMES: [&str; 4] = ["panic", "todo", "unimplemented", "unreachable"];
    let name = call.path.segments.last().map(|segment| &segment.ident);
    name.is_some_and(|name| NAMES.iter().any(|panic| name == panic))
}
