//! The constructs of a body that Rust's syntax tree has no node for.

use proc_macro2::{Literal, Span, TokenTree};
use syn::{Attribute, Expr, ExprLoop, Macro, Stmt};

use super::jump::{Jump, Leaving};

/// A construct that reading a body found, and that lowering it replaces.
pub(crate) enum Node {
    /// `attempt! { .. }`
    Attempt(Region),
    /// `defer! { .. }`, a statement. `rest` are the jumps out of the rest of its block, which it guards.
    Defer {
        deferred: Region,
        rest: Vec<Leaving>,
    },
    /// The call of a macro whose operands are code of the body.
    Call(Call),
    /// A `return`, `break` or `continue` that leaves a region.
    Leave { jump: Jump, expr: Expr },
    /// `yield_from!(generator)`
    Delegation(Delegation),
    /// A `loop` without a `break`: it never ends.
    Endless(ExprLoop),
    /// A generated value, which a variable keeps pinned.
    Pinned(Expr),
}

/// A block that becomes an async block of its own.
pub(crate) struct Region {
    pub(crate) attrs: Vec<Attribute>,
    /// The name of the macro.
    pub(crate) keyword: Span,
    /// The user's braces.
    pub(crate) braces: Span,
    pub(crate) statements: Vec<Stmt>,
    /// The jumps out of the block.
    pub(crate) leaving: Vec<Leaving>,
}

/// A generator that runs in place of the body.
pub(crate) struct Delegation {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) inner: Expr,
    /// The name of the macro.
    pub(crate) keyword: Span,
}

/// The call of a macro of the standard library.
pub(crate) struct Call {
    pub(crate) attrs: Vec<Attribute>,
    /// The macro, with a placeholder for each operand.
    pub(crate) mac: Macro,
    pub(crate) operands: Vec<Operand>,
}

pub(crate) struct Operand {
    pub(crate) expr: Expr,
    /// Whether there is a region of the body in it.
    pub(crate) has_region: bool,
}

/// The nodes of a body.
///
/// In the syntax tree of the body, a node is an `Expr::Verbatim` of its index. The parser makes no such expression:
/// it reads a literal as an `Expr::Lit`.
#[derive(Default)]
pub(crate) struct Nodes(Vec<Option<Node>>);

impl Nodes {
    /// Adds a node, and returns the expression that stands for it. `span` is where its keyword is.
    pub(crate) fn add(&mut self, node: Node, span: Span) -> Expr {
        let mut index = Literal::usize_unsuffixed(self.0.len());
        index.set_span(span);
        self.0.push(Some(node));
        Expr::Verbatim(TokenTree::Literal(index).into())
    }

    pub(crate) fn get(&self, expr: &Expr) -> Option<&Node> {
        self.0.get(index(expr)?)?.as_ref()
    }

    pub(crate) fn get_mut(&mut self, expr: &Expr) -> Option<&mut Node> {
        self.0.get_mut(index(expr)?)?.as_mut()
    }

    /// Takes the node out, to lower it: each node is in the syntax tree once.
    pub(crate) fn take(&mut self, expr: &Expr) -> Option<Node> {
        self.0.get_mut(index(expr)?)?.take()
    }
}

fn index(expr: &Expr) -> Option<usize> {
    match expr {
        Expr::Verbatim(index) => index.to_string().parse().ok(),
        _ => None,
    }
}
