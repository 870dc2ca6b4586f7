//! The rule for places.
//!
//! A yield writes to the place in the frame of the current poll, which the body keeps in `__place`. Each suspension point
//! that this crate sees assigns the place of the next poll to it. Others are hidden: in the tokens of macros that are
//! not ours, also of known ones, since their names may be shadowed, and in items with an attribute macro, which may expand
//! to statements. After such *foreign* code, `__place` is stale.
//!
//! The rule, for each list of statements in a body or a region:
//!
//! - A yield in a statement that contains foreign code, and not in a block inside it, finds a place of its own.
//! - After such a statement, and at the start of each block inside it, `__place` is stale.
//! - If it is stale, a new place is assigned before the next statement that contains a yield and no foreign code. If
//!   that statement is a yield, it finds a place of its own instead, and assigns the next one: so the body is not
//!   suspended before the value is evaluated, and variables that the value consumes need not be `Send`.
//!
//! Awaits and regions between the two do not count, since a `#[cfg]` may remove their statement.
//!
//! The ends of scopes count as no suspension points: Rust has no async drop. With the incomplete nightly feature
//! `async_drop` they are, and this rule does not hold.
//!
//! So every path from foreign code to a yield by `__place` passes an assignment. The path may leave the statement at its
//! end, or by a jump to the end or the start of a loop or block around it. These all contain the foreign code themselves,
//! so the rule holds for the statements after them, and for the blocks that are entered again.

use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Item, Stmt};

use crate::body::node::{Node, Nodes};
use crate::syntax::attributes::is_inert;

/// The parts of a statement that matter to places. Closures, async blocks and regions inside it do not count: they
/// have their own suspension points, and the body waits for them at one that assigns.
#[derive(Clone, Copy, Default)]
pub(super) struct Contents {
    pub(super) foreign: bool,
    pub(super) yields: bool,
}

impl Contents {
    pub(super) fn of<'a>(statement: &'a Stmt, nodes: &'a Nodes) -> Self {
        let mut search = Search {
            nodes,
            contents: Contents::default(),
        };
        search.visit_stmt(statement);
        search.contents
    }
}

/// Returns whether the statements before the first `defer!` contain a yield. The rest is a region of its own.
pub(super) fn contain_yields(statements: &[Stmt], nodes: &Nodes) -> bool {
    let is_defer = |statement: &&Stmt| {
        matches!(statement, Stmt::Expr(expr, _)
            if matches!(nodes.get(expr), Some(Node::Defer { .. })))
    };
    let mut before = statements
        .iter()
        .take_while(|statement| !is_defer(statement));
    before.any(|statement| Contents::of(statement, nodes).yields)
}

/// Returns whether a statement is a yield, which no attribute can remove.
pub(super) fn is_yield(statement: &Stmt) -> bool {
    let value = match statement {
        Stmt::Expr(value, _) => value,
        Stmt::Local(local) if local.attrs.is_empty() => match &local.init {
            Some(init) => &init.expr,
            None => return false,
        },
        _ => return false,
    };
    matches!(value, Expr::Yield(node) if node.attrs.is_empty())
}

struct Search<'ast> {
    nodes: &'ast Nodes,
    contents: Contents,
}

impl<'ast> Visit<'ast> for Search<'ast> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match self.nodes.get(expr) {
            Some(Node::Call(_)) => self.contents.foreign = true,
            Some(Node::Leave { expr, .. }) => visit::visit_expr(self, expr),
            Some(Node::Endless(node)) => self.visit_block(&node.body),
            Some(Node::Delegation(node)) => visit::visit_expr(self, &node.inner),
            Some(Node::Attempt(_) | Node::Defer { .. } | Node::Pinned(_)) => {}
            None => {
                // Syntax that the parser does not know.
                self.contents.foreign |= matches!(expr, Expr::Verbatim(_));
                visit::visit_expr(self, expr);
            }
        }
    }

    fn visit_expr_yield(&mut self, node: &'ast syn::ExprYield) {
        self.contents.yields = true;
        visit::visit_expr_yield(self, node);
    }

    fn visit_macro(&mut self, _: &'ast syn::Macro) {
        self.contents.foreign = true;
    }

    /// Only items have attribute macros. Those in an item do no harm, but are not worth telling apart.
    fn visit_attribute(&mut self, attr: &'ast Attribute) {
        self.contents.foreign |= !is_inert(&attr.meta) && !attr.path().is_ident("for_await");
    }

    fn visit_item(&mut self, item: &'ast Item) {
        self.contents.foreign |= matches!(item, Item::Verbatim(_));
        visit::visit_item(self, item);
    }

    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    fn visit_expr_const(&mut self, _: &'ast syn::ExprConst) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
}
