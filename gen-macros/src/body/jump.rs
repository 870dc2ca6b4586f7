//! Jumps (`return`, `break` and `continue`), and the regions that they leave.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Expr, Label, Lifetime};

/// A jump, by its destination: two jumps to the same place are equal.
#[derive(Clone, PartialEq)]
pub(crate) struct Jump {
    pub(crate) kind: JumpKind,
    destination: Destination,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum JumpKind {
    Return,
    Break,
    Continue,
}

impl JumpKind {
    pub(crate) const fn keyword(self) -> &'static str {
        match self {
            JumpKind::Return => "return",
            JumpKind::Break => "break",
            JumpKind::Continue => "continue",
        }
    }
}

#[derive(Clone, PartialEq)]
enum Destination {
    /// The end of the body.
    Body,
    /// A loop or a labelled block, by its number.
    Target(usize),
    /// A label, or a loop, that does not exist.
    Missing(Option<Lifetime>),
}

/// A jump out of a region, at the first place where it occurs.
#[derive(Clone)]
pub(crate) struct Leaving {
    pub(crate) jump: Jump,
    pub(crate) label: Option<Lifetime>,
    /// The first value that such a jump carries, anywhere in the region.
    pub(crate) value: Option<Span>,
}

/// The code around the place that is being read, from the outside in.
#[derive(Default)]
pub(crate) struct Surroundings {
    stack: Vec<Surrounding>,
    targets: usize,
}

enum Surrounding {
    Target {
        label: Option<Lifetime>,
        is_loop: bool,
        number: usize,
        breaks: bool,
    },
    Region {
        deferred: bool,
        leaving: Vec<Leaving>,
    },
}

impl Surrounding {
    /// Returns whether a `break` or `continue` with this label, or without one, leads here.
    fn is_target_of(&self, label: Option<&Lifetime>) -> bool {
        match self {
            Surrounding::Region { .. } => false,
            Surrounding::Target { is_loop, .. } if label.is_none() => *is_loop,
            Surrounding::Target { label: own, .. } => own.as_ref() == label,
        }
    }
}

/// A jump, and the regions around it.
pub(crate) struct Resolved {
    pub(crate) jump: Jump,
    /// Whether it leaves a region.
    pub(crate) leaves: bool,
    /// Whether it leaves the block of a `defer!`.
    pub(crate) leaves_defer: bool,
}

impl Resolved {
    /// Returns whether this is a `break` or `continue` outside of any loop.
    pub(crate) fn is_outside_of_loops(&self) -> bool {
        self.jump.destination == Destination::Missing(None)
    }
}

impl Surroundings {
    pub(crate) fn enter_loop(&mut self, label: Option<&Label>) {
        self.enter_target(label, true);
    }

    pub(crate) fn enter_block(&mut self, label: Option<&Label>) {
        self.enter_target(label, false);
    }

    fn enter_target(&mut self, label: Option<&Label>, is_loop: bool) {
        self.stack.push(Surrounding::Target {
            label: label.map(|label| label.name.clone()),
            is_loop,
            number: self.targets,
            breaks: false,
        });
        self.targets += 1;
    }

    /// Leaves a loop or a block. Returns whether a `break` ends it.
    pub(crate) fn leave_target(&mut self) -> bool {
        let target = self.stack.pop();
        matches!(target, Some(Surrounding::Target { breaks: true, .. }))
    }

    /// Enters a region, which may be the block of a `defer!`.
    pub(crate) fn enter_region(&mut self, deferred: bool) {
        let leaving = Vec::new();
        self.stack.push(Surrounding::Region { deferred, leaving });
    }

    /// Leaves a region. Returns the jumps out of it.
    pub(crate) fn leave_region(&mut self) -> Vec<Leaving> {
        match self.stack.pop() {
            Some(Surrounding::Region { leaving, .. }) => leaving,
            _ => Vec::new(),
        }
    }

    /// Resolves a jump, and adds it to the regions that it leaves. Returns `None` for any other expression.
    pub(crate) fn resolve(&mut self, expr: &Expr) -> Option<Resolved> {
        let (kind, label, value) = match expr {
            Expr::Return(node) => (JumpKind::Return, None, &node.expr),
            Expr::Break(node) => (JumpKind::Break, node.label.clone(), &node.expr),
            Expr::Continue(node) => (JumpKind::Continue, node.label.clone(), &None),
            _ => return None,
        };
        let value = value.as_ref().map(Spanned::span);
        let target = (kind != JumpKind::Return)
            .then(|| {
                self.stack
                    .iter()
                    .rposition(|around| around.is_target_of(label.as_ref()))
            })
            .flatten();
        let destination = match target.map(|at| &mut self.stack[at]) {
            Some(Surrounding::Target { number, breaks, .. }) => {
                *breaks |= kind == JumpKind::Break;
                Destination::Target(*number)
            }
            _ if kind == JumpKind::Return => Destination::Body,
            _ => Destination::Missing(label.clone()),
        };
        let jump = Jump { kind, destination };
        let (mut leaves, mut leaves_defer) = (false, false);
        for surrounding in &mut self.stack[target.map_or(0, |at| at + 1)..] {
            let Surrounding::Region { deferred, leaving } = surrounding else {
                continue;
            };
            leaves = true;
            leaves_defer |= *deferred;
            match leaving.iter_mut().find(|known| known.jump == jump) {
                Some(known) => known.value = known.value.or(value),
                None => leaving.push(Leaving {
                    jump: jump.clone(),
                    label: label.clone(),
                    value,
                }),
            }
        }
        Some(Resolved {
            jump,
            leaves,
            leaves_defer,
        })
    }
}
