//! Jumps: which loops and blocks they leave, and whether they leave a region.

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::{Expr, visit_mut};

use super::Read;
use crate::body::jump::JumpKind;
use crate::body::node::Node;

impl Read<'_> {
    /// Reads a `loop`. Returns whether a `break` ends it.
    pub(super) fn breaks(&mut self, node: &mut syn::ExprLoop) -> bool {
        self.around.enter_loop(node.label.as_ref());
        visit_mut::visit_expr_loop_mut(self, node);
        self.around.leave_target()
    }

    /// Resolves a jump. Returns the node of one that leaves a region.
    pub(super) fn jump(&mut self, expr: &Expr) -> Option<Expr> {
        let resolved = self.around.resolve(expr)?;
        let (keyword, span) = (resolved.jump.kind.keyword(), keyword_span(expr));
        if resolved.leaves_defer {
            let why = match resolved.jump.kind {
                JumpKind::Return => "to fail, write `Err(e)?`",
                _ => "the block is being left already",
            };
            let message = format!("`{keyword}` out of `defer!` is not supported; {why}");
            self.errors.at(span, message);
        } else if resolved.is_outside_of_loops() {
            // rustc would blame the block that the body becomes.
            let message = format!(
                "`{keyword}` is not supported outside of a loop; to end the generator, write `return`"
            );
            self.errors.at(span, message);
        }
        resolved.leaves.then(|| {
            let (jump, expr) = (resolved.jump, expr.clone());
            self.nodes.add(Node::Leave { jump, expr }, span)
        })
    }
}

/// The keyword of a jump.
fn keyword_span(jump: &Expr) -> Span {
    match jump {
        Expr::Return(node) => node.return_token.span,
        Expr::Break(node) => node.break_token.span,
        Expr::Continue(node) => node.continue_token.span,
        other => other.span(),
    }
}
