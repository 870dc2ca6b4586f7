//! Macros whose grammar is known: what stands in them is code of the body, like any other.
//!
//! They are known by their names. Whatever a name leads to, it is given the user's own tokens, and
//! names of ours that are no right to anything: a macro of the same name that is somebody else's can
//! do no harm, and still compiles.

mod join;
pub(crate) mod operands;
mod select;

use proc_macro2::Span;
use quote::format_ident;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprAsync, ExprTry, Ident, Macro, Stmt, parse_quote_spanned};

use crate::hoist::hoisted;
use crate::jumps;
use crate::names::{Names, at};

/// Macros that are given futures.
const FUTURES: [&str; 4] = ["select", "select_biased", "join", "try_join"];

/// Input: the call of a macro.
///
/// Output: what it means, with what stands in it as syntax. Nothing for a macro that is not known, or
/// has another grammar.
pub(crate) fn to_syntax(call: &Macro, attrs: &[Attribute], names: &Names) -> Option<Expr> {
    match call.path.segments.last()?.ident.to_string().as_str() {
        "select" | "select_biased" => select::to_syntax(call, attrs, names),
        "join" | "try_join" => join::to_syntax(call, attrs),
        _ => operands::to_syntax(call, attrs),
    }
}

/// Whether an async block is one that a call became whose futures are awaited in it.
pub(crate) fn is_awaited(node: &ExprAsync) -> bool {
    let first = match node.block.stmts.first() {
        Some(Stmt::Macro(call)) => return awaits(&call.mac),
        Some(Stmt::Expr(expr, None)) => Some(expr),
        Some(Stmt::Local(local)) => local.init.as_ref().map(|init| &*init.expr),
        _ => None,
    };
    matches!(first, Some(Expr::Macro(call)) if awaits(&call.mac))
}

fn awaits(call: &Macro) -> bool {
    let name = call.path.segments.last().map(|segment| &segment.ident);
    name.is_some_and(|name| FUTURES.iter().any(|known| name == known))
}

/// What is evaluated in the body before a macro is called that could not leave the body from where
/// it puts it.
#[derive(Default)]
struct Before(Vec<(Ident, Expr)>);

impl Before {
    /// Input: `open()?` as a future or a condition.
    ///
    /// Output: `{ __operand0 }`, since futures' `select!` borrows what is a name. What leaves nothing
    /// stays where it is.
    fn take(&mut self, operand: &mut Expr, span: Span) {
        if leaves(operand) {
            let name = format_ident!("__operand{}", self.0.len(), span = span);
            let operand = std::mem::replace(operand, parse_quote_spanned!(span=> { #name }));
            self.0.push((name, operand));
        }
    }

    /// Output: `match open()? { __operand0 => .. }`.
    fn then(self, rest: Expr, span: Span) -> Expr {
        self.0.into_iter().rfold(rest, |rest, (name, operand)| {
            let arm = parse_quote_spanned!(span=> #name => #rest,);
            Expr::Match(hoisted(&operand, arm, span))
        })
    }
}

/// Whether an expression may leave what it stands in.
fn leaves(expr: &Expr) -> bool {
    struct Fails(bool);
    impl<'ast> Visit<'ast> for Fails {
        fn visit_expr_try(&mut self, _: &'ast ExprTry) {
            self.0 = true;
        }
        fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
        fn visit_expr_async(&mut self, _: &'ast ExprAsync) {}
        fn visit_item(&mut self, _: &'ast syn::Item) {}
    }
    let mut fails = Fails(false);
    visit::visit_expr(&mut fails, expr);
    fails.0 || !jumps::out_of(&[Stmt::Expr(expr.clone(), None)]).is_empty()
}

/// The span of what stands for the call of a macro.
fn span_of(call: &Macro) -> Span {
    at(call.path.segments[0].ident.span())
}
