//! Reads a body: replaces its macros by syntax and nodes, checks it, and finds the jumps out of its regions.
//!
//! Later stages see `yield v` for each spelling of a yield, [`Node`]s for regions and for jumps out of them, and the
//! operands of known macros as syntax.

mod calls; // the macros that are code of a body
mod delegation; // `yield_from!` and `yield_all!`
mod jumps; // the jumps out of regions
mod loops; // `for` loops, which may be over streams

use proc_macro2::{Span, TokenStream};
use syn::parse::Parser as _;
use syn::spanned::Spanned as _;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, ExprYield, Macro, Pat, Stmt, StmtMacro, Token, Type, token};

use super::jump::Surroundings;
use super::known_macros;
use super::node::{Node, Nodes};
use super::scope::Scope;
use crate::args::Args;
use crate::errors::Errors;
use crate::handover::Origin;
use crate::kind::Kind;
use crate::names::{self, Names, users_at};
use crate::syntax::attributes::{is_generator, is_inert, is_of_tool};
use crate::syntax::invisible_groups::{TypesToParentheses, to_parentheses, visible_statements};
use crate::syntax::macro_kind::MacroKind;
use crate::syntax::opaque_macros::{find_for_await, find_macro, find_region, spell_yields};

/// A body as the later stages see it.
pub(crate) struct Reading {
    pub(crate) statements: Vec<Stmt>,
    pub(crate) nodes: Nodes,
}

/// Parses and reads the statements of a body. Adds all mistakes to `errors`.
///
/// # Errors
///
/// If the body cannot be parsed.
pub(crate) fn body(
    tokens: TokenStream,
    args: &Args,
    origin: Origin,
    names: &Names,
    errors: &mut Errors,
) -> syn::Result<Reading> {
    let mut statements = syn::Block::parse_within.parse2(visible_statements(tokens))?;
    let mut read = Read {
        names,
        errors,
        nodes: Nodes::default(),
        scope: Scope::Body,
        around: Surroundings::default(),
        regions: 0,
        handed: false,
        // Unknown if the arguments have mistakes.
        throws: args.throws.is_some() || origin.broken,
        sends_value: args.sends_value() || origin.broken,
        origin,
    };
    read.statements(&mut statements);
    Ok(Reading {
        statements,
        nodes: read.nodes,
    })
}

struct Read<'a> {
    names: &'a Names,
    errors: &'a mut Errors,
    nodes: Nodes,
    scope: Scope,
    around: Surroundings,
    /// The number of regions read so far.
    regions: usize,
    /// Whether this is in an operand of a known macro, which receives what it is lowered to.
    handed: bool,
    /// Whether `?` may be used here.
    throws: bool,
    sends_value: bool,
    origin: Origin,
}

impl Read<'_> {
    fn within(&mut self, scope: Scope, visit: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.scope, scope);
        visit(self);
        self.scope = outer;
    }

    fn misplaced(&mut self, span: Span, construct: &str) {
        let place = self.scope.name();
        let why = match self.scope {
            Scope::Deferred => "a generator that is closing cannot yield",
            _ => "it belongs to the body itself",
        };
        let message = format!("{construct} is not supported in {place}; {why}");
        self.errors.at(span, message);
    }

    /// Refuses what awaits, in a regular generator. Returns whether this is one.
    fn refuse_await(&mut self, construct: &str, span: Span) -> bool {
        let is_regular = self.origin.kind == Kind::Regular && self.scope.is_lowered();
        if is_regular {
            let fix = if self.origin.block {
                "use `async_gen_block!`"
            } else {
                "use `#[async_gen]` on an `async fn`"
            };
            let message = format!("{construct} is not supported in a regular generator; {fix}");
            self.errors.at(span, message);
        }
        is_regular
    }

    fn needs_throws(&mut self, construct: &str, span: Span) {
        let attribute = self.origin.kind.attribute();
        let fix = if self.origin.block {
            format!("begin with `#![{attribute}(throws = E)]`")
        } else {
            format!("add `throws = E` to `{attribute}`")
        };
        let message = format!("`{construct}` is not supported without `throws`; {fix}");
        self.errors.at(span, message);
    }

    /// Reads the statements of a block. The rest of the block after a `defer!` is a region.
    fn statements(&mut self, statements: &mut [Stmt]) {
        let mut defers = Vec::new();
        let last = statements.len().saturating_sub(1);
        for (index, statement) in statements.iter_mut().enumerate() {
            let brace = ends_at_brace(statement).filter(|_| index < last);
            self.visit_stmt_mut(statement);
            let Stmt::Expr(expr, end) = statement else {
                continue;
            };
            if let (Some(brace), None) = (brace, &end) {
                // `yield_! { v }` needs no semicolon, but the `yield v` that it becomes does.
                let is_block = matches!(expr, Expr::Block(_) | Expr::Match(_));
                *end = (!is_block).then(|| Token![;](brace));
            }
            if let Some(Node::Defer { .. }) = self.nodes.get(expr) {
                self.around.enter_region(false);
                defers.push(expr.clone());
            }
        }
        for defer in defers.iter().rev() {
            let leaving = self.around.leave_region();
            if let Some(Node::Defer { rest, .. }) = self.nodes.get_mut(defer) {
                *rest = leaving;
            }
        }
    }
}

/// The closing brace of a macro call that is a statement by its braces.
fn ends_at_brace(statement: &Stmt) -> Option<Span> {
    match statement {
        Stmt::Macro(StmtMacro {
            mac,
            semi_token: None,
            ..
        }) => Some(mac.delimiter.span().close()),
        _ => None,
    }
}

/// Returns whether the value of a yield is that of a `yield_result!`.
fn is_marked_item(value: &Expr) -> bool {
    match value {
        Expr::Call(call) => matches!(&*call.func, Expr::Path(path) if names::is_item(&path.path)),
        _ => false,
    }
}

/// Reads expressions that are bodies of their own.
macro_rules! enclose {
    ($($visit:ident($node:ident): $scope:ident;)*) => {$(
        fn $visit(&mut self, node: &mut syn::$node) {
            self.visit_attributes_mut(&mut node.attrs);
            self.within(Scope::$scope, |read| visit_mut::$visit(read, node));
        }
    )*};
}

/// Reads nested functions. Those that are generators are expanded on their own.
macro_rules! enclose_functions {
    ($($visit:ident($node:ident);)*) => {$(
        fn $visit(&mut self, node: &mut syn::$node) {
            if !is_generator(&node.attrs) {
                self.within(Scope::Function, |read| visit_mut::$visit(read, node));
            }
        }
    )*};
}

impl VisitMut for Read<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let replacement = match expr {
            Expr::Macro(call) => {
                let kind = MacroKind::of(&call.mac.path, &self.names.krate);
                if kind == MacroKind::Defer {
                    let message =
                        "`defer!` is not supported in an expression; write it as a statement";
                    self.errors.at(call.mac.path.span(), message);
                }
                self.call(&call.mac, &call.attrs)
            }
            Expr::Group(group) => to_parentheses(group),
            Expr::ForLoop(node) => self.closing_loop(node),
            _ => None,
        };
        if let Some(replacement) = replacement {
            *expr = replacement;
        }
        if let Expr::Loop(node) = expr {
            if !self.breaks(node) && self.scope.is_lowered() {
                let span = node.loop_token.span;
                *expr = self.nodes.add(Node::Endless(node.clone()), span);
            }
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
        if self.scope.is_lowered() {
            if let Some(node) = self.jump(expr) {
                *expr = node;
            }
        }
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        let replacement = match stmt {
            Stmt::Macro(call) => self
                .call(&call.mac, &call.attrs)
                .map(|expr| (expr, call.semi_token)),
            _ => None,
        };
        match replacement {
            Some((mut expr, end)) => {
                self.visit_expr_mut(&mut expr);
                *stmt = Stmt::Expr(expr, end);
            }
            None => visit_mut::visit_stmt_mut(self, stmt),
        }
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        let ends_in_macro = matches!(block.stmts.last(), Some(Stmt::Macro(_)));
        self.statements(&mut block.stmts);
        if ends_in_macro && matches!(block.stmts.last(), Some(Stmt::Expr(_, None))) {
            // Generated span, so that lints about the value of a block do not fire.
            block.brace_token = token::Brace(users_at(block.brace_token.span.join()));
        }
    }

    fn visit_expr_yield_mut(&mut self, node: &mut ExprYield) {
        if self.scope != Scope::Body {
            self.misplaced(node.yield_token.span, "a yield");
        }
        if !self.throws && node.expr.as_deref().is_some_and(is_marked_item) {
            self.needs_throws("yield_result!", node.yield_token.span);
        }
        visit_mut::visit_expr_yield_mut(self, node);
    }

    /// `let x: T = yield_!(v)` needs a value that is sent.
    fn visit_local_mut(&mut self, node: &mut syn::Local) {
        visit_mut::visit_local_mut(self, node);
        if let (Pat::Type(pat), Some(init)) = (&node.pat, &node.init) {
            let is_value = match &*pat.ty {
                Type::Infer(_) => false,
                Type::Tuple(tuple) => !tuple.elems.is_empty(),
                _ => true,
            };
            if let (Expr::Yield(value), true, false) = (&*init.expr, is_value, self.sends_value) {
                let message = format!(
                    "a yield evaluates to `()` without `send`; add `send = T` to `{}`",
                    self.origin.kind.attribute()
                );
                self.errors.at(value.yield_token.span, message);
            }
        }
    }

    fn visit_expr_try_mut(&mut self, node: &mut syn::ExprTry) {
        if self.scope.is_lowered() && !self.throws {
            self.needs_throws("?", node.question_token.span);
        }
        visit_mut::visit_expr_try_mut(self, node);
    }

    fn visit_expr_await_mut(&mut self, node: &mut syn::ExprAwait) {
        self.refuse_await("`.await`", node.await_token.span);
        visit_mut::visit_expr_await_mut(self, node);
    }

    fn visit_expr_while_mut(&mut self, node: &mut syn::ExprWhile) {
        self.around.enter_loop(node.label.as_ref());
        visit_mut::visit_expr_while_mut(self, node);
        self.around.leave_target();
    }

    fn visit_expr_block_mut(&mut self, node: &mut syn::ExprBlock) {
        self.around.enter_block(node.label.as_ref());
        visit_mut::visit_expr_block_mut(self, node);
        self.around.leave_target();
    }

    fn visit_expr_for_loop_mut(&mut self, node: &mut syn::ExprForLoop) {
        self.for_loop(node);
    }

    /// Refuses attribute macros in code that is lowered: they would be given generated code. Removes the attributes of
    /// tools there, since a user's module may have a tool's name, and a macro in it.
    fn visit_attributes_mut(&mut self, attrs: &mut Vec<Attribute>) {
        if self.scope.is_lowered() {
            attrs.retain(|attr| !is_of_tool(attr));
        }
        for attr in attrs {
            let message = if attr.path().is_ident("for_await") {
                "`#[for_await]` is not supported here; put it on a `for` loop"
            } else if self.scope.is_lowered() && !is_inert(&attr.meta) {
                "attribute macros are not supported in a body; put it on an item"
            } else {
                continue;
            };
            self.errors.at(attr.path().span(), message);
        }
    }

    /// A macro whose tokens are not parsed.
    fn visit_macro_mut(&mut self, node: &mut Macro) {
        if self.origin.bare {
            spell_yields(node);
        }
        if self.scope != Scope::Body {
            if let Some(name) = find_macro(node, MacroKind::is_yield) {
                self.misplaced(name.span(), "a yield");
            }
            if let Some(name) = find_macro(node, MacroKind::is_delegation) {
                self.misplaced(name.span(), &format!("`{name}!`"));
            }
        }
        let item = find_macro(node, |kind| kind == MacroKind::YieldResult);
        if let Some(name) = item.filter(|_| !self.throws) {
            self.needs_throws("yield_result!", name.span());
        }
        if let Some(span) = find_for_await(node) {
            let message =
                "`#[for_await]` is not supported in a macro; put the loop before the macro";
            self.errors.at(span, message);
        }
        if let Some(name) = find_region(node) {
            if let Some(error) = known_macros::syntax_error(node) {
                return self.errors.add(error);
            }
            let message =
                format!("`{name}!` is not supported in a macro; write it outside of the macro");
            self.errors.at(name.span(), message);
        }
    }

    // Parentheses are not allowed in the patterns of ranges and in generic arguments.
    fn visit_pat_mut(&mut self, pat: &mut Pat) {
        if !matches!(pat, Pat::Range(_)) {
            visit_mut::visit_pat_mut(self, pat);
        }
    }

    fn visit_generic_argument_mut(&mut self, argument: &mut syn::GenericArgument) {
        match argument {
            syn::GenericArgument::Const(Expr::Group(_)) => {}
            argument => visit_mut::visit_generic_argument_mut(self, argument),
        }
    }

    // The following are bodies of their own.

    enclose! {
        visit_expr_closure_mut(ExprClosure): Closure;
        visit_expr_async_mut(ExprAsync): AsyncBlock;
        visit_expr_const_mut(ExprConst): Constant;
    }

    fn visit_expr_repeat_mut(&mut self, node: &mut syn::ExprRepeat) {
        self.visit_attributes_mut(&mut node.attrs);
        self.visit_expr_mut(&mut node.expr);
        self.within(Scope::Constant, |read| read.visit_expr_mut(&mut node.len));
    }

    fn visit_type_mut(&mut self, node: &mut Type) {
        TypesToParentheses.visit_type_mut(node);
        self.within(Scope::Constant, |read| {
            visit_mut::visit_type_mut(read, node);
        });
    }

    fn visit_item_mut(&mut self, node: &mut syn::Item) {
        match node {
            syn::Item::Macro(node) => self.visit_item_macro_mut(node),
            _ => self.within(Scope::Constant, |read| {
                visit_mut::visit_item_mut(read, node);
            }),
        }
    }

    enclose_functions! {
        visit_item_fn_mut(ItemFn);
        visit_impl_item_fn_mut(ImplItemFn);
        visit_trait_item_fn_mut(TraitItemFn);
    }

    /// A `macro_rules!` in a body. Its yields are checked where it is called; in a `defer!` it could be called nowhere.
    fn visit_item_macro_mut(&mut self, node: &mut syn::ItemMacro) {
        if let (Some(name), true) = (&node.ident, self.scope.is_lowered()) {
            if names::is_reserved(name) {
                let message =
                    format!("`{name}` is reserved for the expansion; give the macro another name");
                self.errors.at(name.span(), message);
            }
        }
        if self.scope == Scope::Deferred {
            self.visit_macro_mut(&mut node.mac);
        } else if self.origin.bare {
            spell_yields(&mut node.mac);
        }
    }
}
