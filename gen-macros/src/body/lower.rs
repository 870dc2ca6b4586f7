//! Lowers a body: replaces yields, awaits, regions and jumps with calls into the runtime.

mod block; // the labelled block of a body or a region
mod delegation; // `yield_from!`
mod exit; // `return`, `break` and `continue`
mod known_macro; // the operands of `println!` and the like
mod place; // when the place for yielded values is stale
mod regions; // `attempt!` and `defer!`
mod statement; // the ends of statements
mod suspension; // yields, awaits and loops over streams
mod tail; // the end of a list of statements

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote_spanned};
use syn::spanned::Spanned as _;
use syn::token::Paren;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprForLoop, Lifetime, Macro, Stmt, parse_quote_spanned};

use self::block::Block;
use self::place::contain_yields;
pub(crate) use self::tail::End;
use super::in_place::Place;
use super::jump::Leaving;
use super::node::{Node, Nodes};
use super::read::Reading;
use crate::args::Args;
use crate::names::{Names, generated_at, users_at};
use crate::syntax::macro_kind::MacroKind;
use crate::syntax::opaque_macros::find_macro;

/// A lowered body.
pub(crate) struct Lowered {
    pub(crate) block: Block,
    pub(crate) end: End,
    /// Whether a value of the user's ends the body, at its end or by a `return`.
    pub(crate) value: bool,
    /// Whether the body has regions.
    pub(crate) regions: bool,
    /// Whether the body delegates.
    pub(crate) delegates: bool,
    /// The arguments that loops run over in place.
    pub(crate) places: Vec<Place>,
}

/// Lowers a body. `braces` are the user's own.
pub(crate) fn body(
    reading: Reading,
    args: &Args,
    names: &Names,
    places: Vec<Place>,
    braces: Span,
) -> Lowered {
    let Reading {
        mut statements,
        nodes,
    } = reading;
    let end = End::of(&statements, args);
    let mut lower = Lower {
        args,
        names,
        nodes,
        scope: Scope::new(names.scope.clone(), Vec::new()),
        value: false,
        regions: false,
        delegates: false,
        callable: MacrosUsed::default(),
        places,
        used_places: Vec::new(),
    };
    lower.value = lower.ends_in_value(&statements);
    lower.scope.place = contain_yields(&statements, &lower.nodes);
    // Other values become generated calls.
    let value_is_checked = !matches!(
        statements.last(),
        Some(Stmt::Expr(Expr::Yield(_) | Expr::ForLoop(_), None))
    );
    let guarded = lower.statements(&mut statements, braces, end, false);
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
        delegates: lower.delegates,
        places: lower.used_places,
    }
}

struct Lower<'a> {
    args: &'a Args,
    names: &'a Names,
    nodes: Nodes,
    /// The body, or the innermost region.
    scope: Scope,
    /// Whether the body ends with a value of the user's.
    value: bool,
    /// Whether there was a region.
    regions: bool,
    /// Whether the body delegates.
    delegates: bool,
    /// The macros that a `macro_rules!` uses, which any other macro may call.
    callable: MacrosUsed,
    /// The arguments that a loop may run over in place, and those that one does.
    places: Vec<Place>,
    used_places: Vec<Place>,
}

/// The code that is lowered into one async block: the body, or a region.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a property of its own"
)]
struct Scope {
    /// The label of the block.
    label: Lifetime,
    /// The jumps out of a region. No jump leaves the body.
    leaving: Vec<Leaving>,
    /// Whether this is in a `defer!`, where yields are not allowed.
    deferred: bool,
    /// Whether this is in the tokens that another macro receives.
    handed: bool,
    /// Whether the statement around this place contains foreign code, see `place`.
    foreign: bool,
    /// Whether the block has a variable for the place, since it contains yields.
    place: bool,
    /// The macros whose names another macro receives.
    handed_macros: Vec<TokenStream>,
    uses: Uses,
}

/// The parts of a block that its code needs.
#[derive(Clone, Copy, Default)]
struct Uses {
    label: bool,
    macros: MacrosUsed,
}

/// The macros of a body that the tokens of other macros call.
#[derive(Clone, Copy, Default)]
struct MacrosUsed {
    yields: bool,
    yield_from: bool,
    yield_all: bool,
}

impl MacrosUsed {
    /// Those in the tokens of `mac`, and `callable` ones.
    fn of(mac: &Macro, callable: Self) -> Self {
        let calls = |wanted| find_macro(mac, |kind| kind == wanted).is_some();
        MacrosUsed {
            yields: callable.yields || find_macro(mac, MacroKind::is_yield).is_some(),
            yield_from: callable.yield_from || calls(MacroKind::YieldFrom),
            yield_all: callable.yield_all || calls(MacroKind::YieldAll),
        }
    }

    fn add(&mut self, other: Self) {
        self.yields |= other.yields;
        self.yield_from |= other.yield_from;
        self.yield_all |= other.yield_all;
    }
}

impl Scope {
    fn new(label: Lifetime, leaving: Vec<Leaving>) -> Self {
        Scope {
            label,
            leaving,
            deferred: false,
            handed: false,
            foreign: false,
            place: false,
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
    /// Returns a span for generated tokens. In tokens that another macro receives, none may resolve as the macro's.
    fn span_at(&self, span: Span) -> Span {
        if self.scope.handed {
            users_at(span)
        } else {
            generated_at(span)
        }
    }

    fn body_at(&self, span: Span) -> Ident {
        self.names.body_at(span)
    }

    /// Returns the receiver of a method that makes an await or a region.
    ///
    /// Output: `__body`, or `__body.here(if false { break 'body __body.never() })` where another macro may move it
    /// elsewhere, and it must not compile there.
    fn right_at(&mut self, span: Span) -> TokenStream {
        let body = self.body_at(span);
        if !self.scope.handed {
            return body.into_token_stream();
        }
        self.scope.uses.label = true;
        let scope = self.names.scope_check(&self.scope.label, span);
        quote_spanned!(span=> #body.here(#scope))
    }

    fn node(&mut self, node: Node) -> Expr {
        match node {
            Node::Attempt(region) => self.attempt(region),
            Node::Call(call) => self.known_call(call),
            Node::Delegation(delegation) => self.delegation(delegation),
            Node::Leave { jump, mut expr } => {
                self.expr(&mut expr);
                self.leaves(&jump, &expr).unwrap_or(expr)
            }
            Node::Endless(node) => {
                let mut expr = Expr::Loop(node);
                self.expr(&mut expr);
                expr
            }
            Node::Pinned(value) => {
                let krate = &self.names.krate;
                parse_quote_spanned!(value.span()=> #krate::__private::pin!(#value))
            }
            Node::Defer { .. } => unreachable!("a block takes its `defer!`s out"),
        }
    }

    /// Lowers a block. `is_stale` is whether the place is stale at its start.
    fn block(&mut self, block: &mut syn::Block, is_stale: bool) {
        let braces = block.brace_token.span.join();
        let guarded = self.statements(&mut block.stmts, braces, End::Unit, is_stale);
        if guarded && matches!(block.stmts.last(), Some(Stmt::Expr(_, None))) {
            // Generated span, so that lints about the value of a block do not fire.
            block.brace_token = syn::token::Brace(generated_at(braces));
        }
    }

    fn expr(&mut self, expr: &mut Expr) {
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
    }
}

impl VisitMut for Lower<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Some(node) = self.nodes.take(expr) {
            *expr = self.node(node);
            return;
        }
        if let Expr::Paren(node) = expr {
            let is_attempt = matches!(self.nodes.get(&node.expr), Some(Node::Attempt(_)));
            if is_attempt || matches!(*node.expr, Expr::Yield(_) | Expr::Await(_)) {
                // Generated span, so that `unused_parens` does not fire at a call that needs none.
                node.paren_token = Paren(self.span_at(node.paren_token.span.join()));
            }
        }
        self.expr(expr);
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        let is_stale = self.scope.foreign;
        self.block(block, is_stale);
    }

    fn visit_expr_for_loop_mut(&mut self, node: &mut ExprForLoop) {
        self.visit_pat_mut(&mut node.pat);
        self.visit_expr_mut(&mut node.expr);
        // A loop over a stream assigns a new place before each iteration.
        let is_stale = self.scope.foreign && !is_for_await(node);
        self.block(&mut node.body, is_stale);
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        self.statement(stmt);
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if !self.scope.deferred {
            let used = MacrosUsed::of(mac, self.callable);
            self.scope.uses.macros.add(used);
            self.delegates |= used.yield_from;
        }
    }

    // The following have a body or a context of their own.
    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
    fn visit_expr_const_mut(&mut self, _: &mut syn::ExprConst) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}

    fn visit_item_mut(&mut self, item: &mut syn::Item) {
        if let syn::Item::Macro(definition) = item {
            self.visit_macro_mut(&mut definition.mac);
            self.callable.add(self.scope.uses.macros);
        }
    }

    fn visit_expr_repeat_mut(&mut self, node: &mut syn::ExprRepeat) {
        self.visit_expr_mut(&mut node.expr);
    }
}
