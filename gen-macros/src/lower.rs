//! From a body in the user's language to one in the runtime's.

mod block;
mod exit;
mod operands;
mod regions;
mod statement;
mod suspension;
mod tail;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote_spanned};
use syn::token::Paren;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprForLoop, Lifetime, Macro, Stmt};

use self::block::Block;
pub(crate) use self::tail::End;
use self::tail::ends_in_value;
use crate::args::Args;
use crate::foreign;
use crate::in_place::Place;
use crate::jumps::{Leaving, Targets};
use crate::known::operands::called;
use crate::names::{Names, at, given};
use crate::region::Region;

/// A lowered body.
pub(crate) struct Lowered {
    pub(crate) block: Block,
    pub(crate) end: End,
    /// Whether a value of the user's ends the body, here or by a `return`.
    pub(crate) value: bool,
    /// Whether there are regions in it.
    pub(crate) regions: bool,
    /// The arguments that its loops run over where they are.
    pub(crate) places: Vec<Place>,
}

/// Lowers a body. `braces` is where the user's own stand.
pub(crate) fn body(
    mut statements: Vec<Stmt>,
    args: &Args,
    names: &Names,
    places: Vec<Place>,
    braces: Span,
) -> Lowered {
    let end = End::of(&statements, args);
    let value = ends_in_value(&statements);
    // Those of other kinds become calls of ours.
    let value_is_checked = !matches!(
        statements.last(),
        Some(Stmt::Expr(Expr::Yield(_) | Expr::ForLoop(_), None))
    );
    let mut lower = Lower {
        args,
        names,
        scope: Scope::new(names.scope.clone(), Vec::new()),
        value,
        regions: false,
        yielding_macro: false,
        places,
        used_places: Vec::new(),
    };
    let guarded = lower.statements(&mut statements, braces, end);
    if let (Some(Stmt::Expr(value, None)), false) = (statements.last_mut(), guarded) {
        if value_is_checked && end != End::Result {
            *value = lower.checked_end(value);
        }
    }
    Lowered {
        block: Block {
            scope: lower.scope,
            statements,
            guarded,
            is_value: end != End::Unit,
            braces,
        },
        end,
        value: lower.value,
        regions: lower.regions,
        places: lower.used_places,
    }
}

struct Lower<'a> {
    args: &'a Args,
    names: &'a Names,
    /// The body, or the innermost region.
    scope: Scope,
    /// Whether the body ends with a value of the user's.
    value: bool,
    /// Whether there was a region.
    regions: bool,
    /// Whether there was a `macro_rules!` that yields, which any macro may call.
    yielding_macro: bool,
    /// The arguments that a loop may run over where they are, and those that one does.
    places: Vec<Place>,
    used_places: Vec<Place>,
}

/// What is lowered into one async block: the body, or a region.
struct Scope {
    /// The label of the block.
    label: Lifetime,
    /// What leaves a region other than by its end; nothing leaves the body.
    leaving: Vec<Leaving>,
    targets: Targets,
    /// Whether this is in a `defer!`, where no yield may stand.
    deferred: bool,
    /// Whether this is in what another macro is given.
    handed: bool,
    /// The macros that it is given the names of.
    handed_macros: Vec<TokenStream>,
    uses: Uses,
}

/// What the code in a block needs to be there.
#[derive(Clone, Copy, Default)]
struct Uses {
    label: bool,
    yield_macro: bool,
}

impl Scope {
    fn new(label: Lifetime, leaving: Vec<Leaving>) -> Self {
        Scope {
            label,
            leaving,
            targets: Targets::default(),
            deferred: false,
            handed: false,
            handed_macros: Vec::new(),
            uses: Uses::default(),
        }
    }
}

fn is_for_await(node: &ExprForLoop) -> bool {
    node.attrs
        .iter()
        .any(|attr| attr.path().is_ident("for_await"))
}

impl Lower<'_> {
    /// A span for tokens of ours: in what another macro is given, none may resolve as the macro's.
    fn at(&self, span: Span) -> Span {
        if self.scope.handed {
            given(span)
        } else {
            at(span)
        }
    }

    fn body_at(&self, span: Span) -> Ident {
        self.names.body_at(span)
    }

    /// What an await and a region are made with.
    ///
    /// Output: `__body`, or `__body.here(if false { break 'body __body.never() })` where another macro
    /// may take them elsewhere, and they are not to compile there.
    fn right_at(&mut self, span: Span) -> TokenStream {
        let body = self.body_at(span);
        if !self.scope.handed {
            return body.into_token_stream();
        }
        self.scope.uses.label = true;
        let label = &self.scope.label;
        quote_spanned!(span=> #body.here(if false { break #label #body.never() }))
    }
}

impl VisitMut for Lower<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::TryBlock(node) = expr {
            if Region::of(node) == Some(Region::Attempt) {
                *expr = self.attempt(node.clone());
                return;
            }
        }
        if let Expr::Call(node) = expr {
            if let Some(call) = called(node) {
                *expr = self.operands(call, node);
                return;
            }
        }
        if let Expr::Paren(node) = expr {
            if let Expr::Yield(_) | Expr::Await(_) | Expr::TryBlock(_) = *node.expr {
                // Generated span, so that `unused_parens` does not fire at a call that needs none.
                node.paren_token = Paren(self.at(node.paren_token.span.join()));
            }
        }
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::Yield(node) if self.scope.handed => *expr = self.handed_yield(node),
            Expr::Yield(node) => *expr = self.yields(node),
            Expr::Await(node) if self.scope.handed => *expr = self.handed_await(node),
            Expr::Await(node) => *expr = self.awaits(node),
            Expr::Return(node) => {
                self.value |= node.expr.is_some();
                self.returns(node);
            }
            Expr::ForLoop(node) if is_for_await(node) => *expr = self.for_await(node),
            Expr::Break(node) => self.break_value(node),
            _ => {}
        }
        if let Some(outward) = self.leaves(expr) {
            *expr = outward;
        }
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        let braces = block.brace_token.span.join();
        let guarded = self.statements(&mut block.stmts, braces, End::Unit);
        if guarded && matches!(block.stmts.last(), Some(Stmt::Expr(_, None))) {
            // Lints know that nobody wrote what it ends in.
            block.brace_token = syn::token::Brace(at(braces));
        }
    }

    fn visit_expr_loop_mut(&mut self, node: &mut syn::ExprLoop) {
        self.scope.targets.enter_loop(node.label.as_ref());
        visit_mut::visit_expr_loop_mut(self, node);
        self.scope.targets.leave();
    }

    fn visit_expr_while_mut(&mut self, node: &mut syn::ExprWhile) {
        self.scope.targets.enter_loop(node.label.as_ref());
        visit_mut::visit_expr_while_mut(self, node);
        self.scope.targets.leave();
    }

    fn visit_expr_for_loop_mut(&mut self, node: &mut ExprForLoop) {
        self.visit_pat_mut(&mut node.pat);
        self.visit_expr_mut(&mut node.expr);
        self.scope.targets.enter_loop(node.label.as_ref());
        self.visit_block_mut(&mut node.body);
        self.scope.targets.leave();
    }

    fn visit_expr_block_mut(&mut self, node: &mut syn::ExprBlock) {
        self.scope.targets.enter_block(node.label.as_ref());
        visit_mut::visit_expr_block_mut(self, node);
        self.scope.targets.leave();
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        self.statement(stmt);
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        let yields = foreign::find_yield(mac, self.args.bare).is_some();
        if yields && self.args.bare {
            foreign::spell_yields(mac);
        }
        self.scope.uses.yield_macro |= !self.scope.deferred && (yields || self.yielding_macro);
    }

    // What follows has a body or a context of its own.
    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
    fn visit_expr_const_mut(&mut self, _: &mut syn::ExprConst) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}

    fn visit_item_mut(&mut self, item: &mut syn::Item) {
        if let syn::Item::Macro(definition) = item {
            self.visit_macro_mut(&mut definition.mac);
            self.yielding_macro |= self.scope.uses.yield_macro;
        }
    }

    fn visit_expr_repeat_mut(&mut self, node: &mut syn::ExprRepeat) {
        self.visit_expr_mut(&mut node.expr);
    }
}
