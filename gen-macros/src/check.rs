//! What a body may not hold, all of it at once.

use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprTryBlock, ItemFn, Macro, Meta, Pat, Stmt, Token, Type};

use crate::args::{Args, Target};
use crate::errors::Errors;
use crate::foreign;
use crate::jumps::{self, Jump, Leaving};
use crate::known::{self, operands};
use crate::names;
use crate::region::{self, Region};
use crate::scope::{Scope, is_generator};

/// Checks the body of a generator.
pub(crate) fn body(statements: &[Stmt], args: &Args, errors: &mut Errors) {
    let mut check = Body {
        scope: Scope::Body,
        // Where the arguments have mistakes nobody knows.
        throws: args.throws.is_some() || args.broken,
        sends_value: args.sends_value() || args.broken,
        target: args.target,
        bare: args.bare,
        errors,
    };
    for statement in statements {
        check.visit_stmt(statement);
    }
    if errors.is_empty() {
        jumps_out(statements, errors);
    }
}

/// The compiler would tell of the block that the body becomes.
fn jumps_out(statements: &[Stmt], errors: &mut Errors) {
    for Leaving { jump, span, .. } in jumps::out_of(statements) {
        if let Jump::Break(None) | Jump::Continue(None) = jump {
            let jump = jump.keyword();
            let message = format!(
                "`{jump}` is not supported outside of a loop; to end the generator, write `return`"
            );
            errors.at(span, message);
        }
    }
}

struct Body<'a> {
    scope: Scope,
    target: Target,
    throws: bool,
    sends_value: bool,
    bare: bool,
    errors: &'a mut Errors,
}

impl Body<'_> {
    fn within(&mut self, scope: Scope, visit: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.scope, scope);
        visit(self);
        self.scope = outer;
    }

    fn misplaced(&mut self, span: Span, what: &str) {
        let place = self.scope.name();
        let why = match self.scope {
            Scope::Deferred => "who closes the generator takes no more items",
            _ => "it belongs to the body itself",
        };
        let message = format!("{what} is not supported in {place}; {why}");
        self.errors.at(span, message);
    }

    fn needs_throws(&mut self, what: &str, span: Span) {
        let fix = match self.target {
            Target::Block => "begin with `#![async_gen(throws = E)]`",
            _ => "add `throws = E` to `async_gen`",
        };
        self.errors.at(
            span,
            format!("`{what}` is not supported without `throws`; {fix}"),
        );
    }

    fn attempt(&mut self, node: &ExprTryBlock) {
        if !self.scope.is_lowered() {
            return self.misplaced(node.try_token.span, "`attempt!`");
        }
        for attr in region::user_attrs(node) {
            self.visit_attribute(attr);
        }
        let throws = std::mem::replace(&mut self.throws, true);
        if !throws {
            self.needs_throws("attempt!", node.try_token.span);
        }
        self.visit_block(&node.block);
        self.throws = throws;
    }

    fn defer(&mut self, node: &ExprTryBlock) {
        if !self.scope.is_lowered() {
            return self.misplaced(node.try_token.span, "`defer!`");
        }
        if let Some(attr) = region::user_attrs(node).first() {
            let message =
                "attributes of `defer!` are not supported; put them on the statements in it";
            self.errors.at(attr.path().span(), message);
        }
        for Leaving { jump, span, .. } in jumps::out_of(&node.block.stmts) {
            let why = match jump {
                Jump::Return => "to fail, write `Err(e)?`",
                _ => "the block is being left already",
            };
            let jump = jump.keyword();
            let message = format!("`{jump}` out of `defer!` is not supported; {why}");
            self.errors.at(span, message);
        }
        self.within(Scope::Deferred, |check| check.visit_block(&node.block));
    }
}

impl<'ast> Visit<'ast> for Body<'_> {
    fn visit_expr_yield(&mut self, node: &'ast syn::ExprYield) {
        if self.scope != Scope::Body {
            self.misplaced(node.yield_token.span, "a yield");
        }
        if !self.throws && node.expr.as_deref().is_some_and(is_marked_item) {
            self.needs_throws("yield_result!", node.yield_token.span);
        }
        visit::visit_expr_yield(self, node);
    }

    /// `let x: T = yield_!(v)` needs a value that is sent.
    fn visit_local(&mut self, node: &'ast syn::Local) {
        if let (Pat::Type(pat), Some(init)) = (&node.pat, &node.init) {
            let is_value = match &*pat.ty {
                Type::Infer(_) => false,
                Type::Tuple(tuple) => !tuple.elems.is_empty(),
                _ => true,
            };
            if let (Expr::Yield(value), true, false) = (&*init.expr, is_value, self.sends_value) {
                let message =
                    "a yield evaluates to `()` without `send`; add `send = T` to `async_gen`";
                self.errors.at(value.yield_token.span, message);
            }
        }
        visit::visit_local(self, node);
    }

    fn visit_expr_for_loop(&mut self, node: &'ast syn::ExprForLoop) {
        for attr in &node.attrs {
            if !attr.path().is_ident("for_await") {
                self.visit_attribute(attr);
                continue;
            }
            if !self.scope.is_lowered() {
                self.misplaced(attr.path().span(), "`#[for_await]`");
            }
            if !matches!(attr.meta, Meta::Path(_)) {
                let message = "`#[for_await]` takes no arguments; write `#[for_await]`";
                self.errors.at(attr.meta.span(), message);
            }
        }
        self.visit_pat(&node.pat);
        self.visit_expr(&node.expr);
        self.visit_block(&node.body);
    }

    fn visit_expr_call(&mut self, node: &'ast syn::ExprCall) {
        if operands::is_marked(node) {
            self.visit_expr(&node.func);
            node.args
                .iter()
                .for_each(|operand| self.visit_expr(operand));
        } else {
            visit::visit_expr_call(self, node);
        }
    }

    fn visit_expr_try_block(&mut self, node: &'ast ExprTryBlock) {
        match Region::of(node) {
            Some(Region::Attempt) => self.attempt(node),
            Some(Region::Defer) => self.defer(node),
            None => visit::visit_expr_try_block(self, node),
        }
    }

    fn visit_expr_try(&mut self, node: &'ast syn::ExprTry) {
        if self.scope.is_lowered() && !self.throws {
            self.needs_throws("?", node.question_token.span);
        }
        visit::visit_expr_try(self, node);
    }

    fn visit_macro(&mut self, node: &'ast Macro) {
        if self.scope != Scope::Body {
            if let Some(span) = foreign::find_yield(node, self.bare) {
                self.misplaced(span, "a yield");
            }
        }
        if let Some(span) = foreign::find_yield_result(node).filter(|_| !self.throws) {
            self.needs_throws("yield_result!", span);
        }
        if let Some(span) = foreign::find_for_await(node) {
            let message =
                "`#[for_await]` is not supported in a macro; put the loop before the macro";
            self.errors.at(span, message);
        }
        if let Some((region, span)) = foreign::find_region(node) {
            if let Some(error) = known::syntax_error(node) {
                return self.errors.add(error);
            }
            let name = region.name();
            let message =
                format!("`{name}!` is not supported in a macro; write it outside of the macro");
            self.errors.at(span, message);
        }
    }

    /// An attribute macro would be given what the body was lowered to, and could take it elsewhere.
    fn visit_attribute(&mut self, node: &'ast Attribute) {
        if node.path().is_ident("for_await") {
            let message = "`#[for_await]` is not supported here; put it on a `for` loop";
            self.errors.at(node.path().span(), message);
        } else if self.scope.is_lowered() && !is_inert(&node.meta) {
            let message = "attribute macros are not supported in a body; put it on an item";
            self.errors.at(node.path().span(), message);
        }
    }

    fn visit_expr_closure(&mut self, node: &'ast syn::ExprClosure) {
        self.within(Scope::Closure, |check| {
            visit::visit_expr_closure(check, node);
        });
    }

    fn visit_expr_async(&mut self, node: &'ast syn::ExprAsync) {
        self.within(Scope::AsyncBlock, |check| {
            visit::visit_expr_async(check, node);
        });
    }

    fn visit_expr_const(&mut self, node: &'ast syn::ExprConst) {
        self.within(Scope::Constant, |check| {
            visit::visit_expr_const(check, node);
        });
    }

    fn visit_expr_repeat(&mut self, node: &'ast syn::ExprRepeat) {
        for attr in &node.attrs {
            self.visit_attribute(attr);
        }
        self.visit_expr(&node.expr);
        self.within(Scope::Constant, |check| check.visit_expr(&node.len));
    }

    fn visit_type(&mut self, node: &'ast syn::Type) {
        self.within(Scope::Constant, |check| visit::visit_type(check, node));
    }

    fn visit_item(&mut self, node: &'ast syn::Item) {
        match node {
            syn::Item::Macro(node) => self.visit_item_macro(node),
            _ => self.within(Scope::Constant, |check| visit::visit_item(check, node)),
        }
    }

    fn visit_item_fn(&mut self, node: &'ast ItemFn) {
        if !is_generator(&node.attrs) {
            self.within(Scope::Function, |check| visit::visit_item_fn(check, node));
        }
    }

    fn visit_impl_item_fn(&mut self, node: &'ast syn::ImplItemFn) {
        if !is_generator(&node.attrs) {
            self.within(Scope::Function, |check| {
                visit::visit_impl_item_fn(check, node);
            });
        }
    }

    fn visit_trait_item_fn(&mut self, node: &'ast syn::TraitItemFn) {
        if !is_generator(&node.attrs) {
            self.within(Scope::Function, |check| {
                visit::visit_trait_item_fn(check, node);
            });
        }
    }

    /// A `macro_rules!` in a body: its yields are checked where it is called. In a `defer!` it could
    /// be called nowhere.
    fn visit_item_macro(&mut self, node: &'ast syn::ItemMacro) {
        if let (Some(name), true) = (&node.ident, self.scope.is_lowered()) {
            if names::is_reserved(name) {
                let message =
                    format!("`{name}` is reserved for the expansion; give the macro another name");
                self.errors.at(name.span(), message);
            }
        }
        if self.scope == Scope::Deferred {
            self.visit_macro(&node.mac);
        }
    }
}

/// Whether the value of a yield is that of a `yield_result!`.
fn is_marked_item(value: &Expr) -> bool {
    match value {
        Expr::Call(call) => matches!(&*call.func, Expr::Path(path) if names::is_item(&path.path)),
        _ => false,
    }
}

/// Whether an attribute is one of the compiler's own, to which nobody can give another meaning, and
/// which passes what it stands on to no macro.
fn is_inert(meta: &Meta) -> bool {
    const NAMES: [&str; 7] = ["allow", "cfg", "deny", "doc", "expect", "forbid", "warn"];
    if let (true, Meta::List(list)) = (meta.path().is_ident("cfg_attr"), meta) {
        let metas = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
        return metas.is_ok_and(|metas| metas.iter().skip(1).all(is_inert));
    }
    NAMES.iter().any(|name| meta.path().is_ident(name))
}
