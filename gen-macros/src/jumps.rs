//! Control flow that leaves a block other than by its end: what crosses a region.

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Expr, Label, Lifetime, Stmt};

/// A way out of a block. Two of them are the same if they lead to the same place.
#[derive(Clone, PartialEq)]
pub(crate) enum Jump {
    Return,
    /// Out of the innermost loop, or of what has the label.
    Break(Option<Lifetime>),
    Continue(Option<Lifetime>),
}

impl Jump {
    /// The jump that an expression is, where its keyword stands, and the value that it carries.
    pub(crate) fn of(expr: &Expr) -> Option<(Self, Span, Option<&Expr>)> {
        Some(match expr {
            Expr::Return(node) => (Jump::Return, node.return_token.span, node.expr.as_deref()),
            Expr::Break(node) => {
                let jump = Jump::Break(node.label.clone());
                (jump, node.break_token.span, node.expr.as_deref())
            }
            Expr::Continue(node) => {
                let jump = Jump::Continue(node.label.clone());
                (jump, node.continue_token.span, None)
            }
            _ => return None,
        })
    }

    pub(crate) const fn keyword(&self) -> &'static str {
        match self {
            Jump::Return => "return",
            Jump::Break(_) => "break",
            Jump::Continue(_) => "continue",
        }
    }
}

/// What the jumps of a block may lead to without leaving it: the loops and labels around the place
/// that is visited, from the outside in.
#[derive(Default)]
pub(crate) struct Targets(Vec<Target>);

struct Target {
    label: Option<Lifetime>,
    is_loop: bool,
}

impl Targets {
    pub(crate) fn enter_loop(&mut self, label: Option<&Label>) {
        self.enter(label, true);
    }

    pub(crate) fn enter_block(&mut self, label: Option<&Label>) {
        self.enter(label, false);
    }

    fn enter(&mut self, label: Option<&Label>, is_loop: bool) {
        let label = label.map(|label| label.name.clone());
        self.0.push(Target { label, is_loop });
    }

    pub(crate) fn leave(&mut self) {
        self.0.pop();
    }

    pub(crate) fn hold(&self, jump: &Jump) -> bool {
        match jump {
            Jump::Return => false,
            Jump::Break(None) | Jump::Continue(None) => self.0.iter().any(|target| target.is_loop),
            Jump::Break(label) | Jump::Continue(label) => {
                self.0.iter().any(|target| target.label == *label)
            }
        }
    }
}

/// A jump out of a block, and the first place where it stands.
pub(crate) struct Leaving {
    pub(crate) jump: Jump,
    pub(crate) span: Span,
    /// The first value that it carries, here or elsewhere in the block.
    pub(crate) value: Option<Span>,
}

/// All jumps out of a block of these statements, each once.
pub(crate) fn out_of(statements: &[Stmt]) -> Vec<Leaving> {
    let mut search = Search::default();
    for statement in statements {
        search.visit_stmt(statement);
    }
    search.found
}

#[derive(Default)]
struct Search {
    targets: Targets,
    found: Vec<Leaving>,
}

impl Search {
    fn meet(&mut self, jump: Jump, span: Span, value: Option<&Expr>) {
        if self.targets.hold(&jump) {
            return;
        }
        let value = value.map(Expr::span);
        match self.found.iter_mut().find(|known| known.jump == jump) {
            Some(known) => known.value = known.value.or(value),
            None => self.found.push(Leaving { jump, span, value }),
        }
    }
}

impl<'ast> Visit<'ast> for Search {
    fn visit_expr(&mut self, node: &'ast Expr) {
        visit::visit_expr(self, node);
        if let Some((jump, span, value)) = Jump::of(node) {
            self.meet(jump, span, value);
        }
    }

    fn visit_expr_loop(&mut self, node: &'ast syn::ExprLoop) {
        self.targets.enter_loop(node.label.as_ref());
        visit::visit_expr_loop(self, node);
        self.targets.leave();
    }

    fn visit_expr_while(&mut self, node: &'ast syn::ExprWhile) {
        self.targets.enter_loop(node.label.as_ref());
        visit::visit_expr_while(self, node);
        self.targets.leave();
    }

    fn visit_expr_for_loop(&mut self, node: &'ast syn::ExprForLoop) {
        self.visit_expr(&node.expr);
        self.targets.enter_loop(node.label.as_ref());
        self.visit_block(&node.body);
        self.targets.leave();
    }

    fn visit_expr_block(&mut self, node: &'ast syn::ExprBlock) {
        self.targets.enter_block(node.label.as_ref());
        visit::visit_expr_block(self, node);
        self.targets.leave();
    }

    // What follows has jumps of its own.
    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    fn visit_expr_const(&mut self, _: &'ast syn::ExprConst) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}
