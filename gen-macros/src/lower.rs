//! From a body in the user's language to one in the runtime's.

use std::borrow::Cow;

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned as _;
use syn::visit_mut::{self, VisitMut};
use syn::{
    AttrStyle, Attribute, Expr, ExprForLoop, ExprReturn, ExprYield, Macro, Stmt, Token,
    parse_quote_spanned,
};

use crate::args::Args;
use crate::foreign;
use crate::names::Names;
use crate::scope::is_tool;

/// A lowered body.
pub(crate) struct Lowered {
    pub(crate) statements: Vec<Stmt>,
    pub(crate) end: End,
    /// Whether a yield stands in the tokens of another macro, and needs a `yield_!` to call.
    pub(crate) hidden_yield: bool,
    /// Whether a yield stands in the body itself.
    pub(crate) visible_yield: bool,
    /// Whether a value of the user's ends the body, here or by a `return`.
    pub(crate) value: bool,
}

/// What the statements end with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Unit,
    /// The return value.
    Value,
    /// The return value or an error, written as `Ok(..)` or `Err(..)` in a body that throws.
    Result,
}

pub(crate) fn body(mut statements: Vec<Stmt>, args: &Args, names: &Names) -> Lowered {
    let end = match statements.last() {
        Some(Stmt::Expr(value, None)) if args.throws.is_some() && is_result(value) => End::Result,
        _ if args.returns_value() => End::Value,
        _ => End::Unit,
    };
    let mut lower = Lower {
        args,
        names,
        hidden_yield: false,
        visible_yield: false,
        value: matches!(statements.last(), Some(Stmt::Expr(tail, None)) if !is_loop(tail)),
    };
    for statement in &mut statements {
        lower.visit_stmt_mut(statement);
    }
    let Lower {
        hidden_yield,
        visible_yield,
        value,
        ..
    } = lower;
    Lowered {
        statements,
        end,
        hidden_yield,
        visible_yield,
        value,
    }
}

/// Whether a value is written as `Ok(..)` or `Err(..)`.
fn is_result(value: &Expr) -> bool {
    match value {
        Expr::Group(inner) => is_result(&inner.expr),
        Expr::Paren(inner) => is_result(&inner.expr),
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => {
                let mut names = path
                    .path
                    .segments
                    .iter()
                    .rev()
                    .map(|segment| &segment.ident);
                names
                    .next()
                    .is_some_and(|name| name == "Ok" || name == "Err")
                    && names.next().is_none_or(|name| name == "Result")
            }
            _ => false,
        },
        _ => false,
    }
}

struct Lower<'a> {
    args: &'a Args,
    names: &'a Names,
    hidden_yield: bool,
    visible_yield: bool,
    value: bool,
}

fn is_loop(expr: &Expr) -> bool {
    matches!(expr, Expr::ForLoop(_) | Expr::Loop(_) | Expr::While(_))
}

fn is_for_await(node: &ExprForLoop) -> bool {
    node.attrs
        .iter()
        .any(|attr| attr.path().is_ident("for_await"))
}

/// What a method is called with, without the parentheses and with the braces that the user's
/// operator needed: around an argument they would be a lint.
fn operand(expr: &Expr) -> Cow<'_, Expr> {
    match expr {
        Expr::Paren(inner) if inner.attrs.is_empty() => operand(&inner.expr),
        Expr::Block(block) => {
            let mut block = block.clone();
            let brace = block.block.brace_token.span.join();
            block.block.brace_token = syn::token::Brace(at(brace));
            Cow::Owned(Expr::Block(block))
        }
        _ => Cow::Borrowed(expr),
    }
}

/// A span that points at the user's code and resolves as the macro's: an error is shown where it
/// was made, and lints know that nobody wrote this.
fn at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

impl Lower<'_> {
    fn body_at(&self, span: Span) -> Ident {
        let mut body = self.names.body.clone();
        body.set_span(span);
        body
    }

    /// Input: `yield v`.
    ///
    /// Output: `__body.yield_(v, if false { break 'body __body.never() }).await`.
    ///
    /// The `break` is never reached. It is there so that a yield that ends up elsewhere than in its
    /// body, in a closure say that a macro made, does not compile.
    fn yields(&mut self, node: &ExprYield) -> Expr {
        self.visible_yield = true;
        let span = at(node.yield_token.span);
        let scope = &self.names.scope;
        let body = self.body_at(span);
        let unit = parse_quote_spanned!(span=> ());
        let value = operand(node.expr.as_deref().unwrap_or(&unit));
        let attrs = &node.attrs;
        parse_quote_spanned! {span=>
            #(#attrs)*
            #body.yield_(#value, if false { break #scope #body.never() }).await
        }
    }

    /// Input: `return`, `return r`, `return Err(e)`, of a body that throws.
    ///
    /// Output: `return Ok(())`, `return Ok(r)`, `return Err(e)`.
    fn returns(&self, node: &mut ExprReturn) {
        let span = at(node.span());
        let krate = &self.names.krate;
        let value = node.expr.take();
        node.expr = Some(match value {
            None => parse_quote_spanned!(span=> #krate::__private::Ok(())),
            Some(value) if is_result(&value) => value,
            Some(value) => {
                let value = operand(&value);
                parse_quote_spanned!(span=> #krate::__private::Ok(#value))
            }
        });
    }

    /// Input: `#[for_await] 'label: for pat in stream { .. }`.
    ///
    /// Output:
    ///
    /// ```text
    /// match stream {
    ///     __stream => {
    ///         let mut __stream = pin!(__stream);
    ///         'label: while let Some(__item) = __body.next(&mut __stream).await {
    ///             let pat = __item;
    ///             ..
    ///         }
    ///     }
    /// }
    /// ```
    ///
    /// A `match`, since a `for` keeps the temporaries of its head, too. No macro is given the head:
    /// it may hold what is lowered.
    fn for_await(&self, node: &ExprForLoop) -> Expr {
        let span = at(node.for_token.span);
        let krate = &self.names.krate;
        let body = self.body_at(span);
        let ExprForLoop { label, pat, .. } = node;
        let stream = operand(&node.expr);
        let attrs = node
            .attrs
            .iter()
            .filter(|attr| !attr.path().is_ident("for_await"));
        let attrs = attrs.map(|attr| Attribute {
            style: AttrStyle::Outer,
            ..attr.clone()
        });
        let statements = &node.body.stmts;
        parse_quote_spanned! {span=>
            #(#attrs)*
            match #stream {
                __stream => {
                    let mut __stream = #krate::__private::pin!(__stream);
                    #label while let #krate::__private::Some(__item) =
                        #body.next(&mut __stream).await
                    {
                        let #pat = __item;
                        #(#statements)*
                    }
                }
            }
        }
    }

    /// Input: `future.await`.
    ///
    /// Output: `__body.wait(future).await`.
    fn awaits(&self, future: &Expr, span: Span) -> Expr {
        let span = at(span);
        let body = self.body_at(span);
        let future = operand(future);
        parse_quote_spanned!(span=> #body.wait(#future))
    }
}

impl VisitMut for Lower<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::Yield(node) => *expr = self.yields(node),
            Expr::Await(node) => *node.base = self.awaits(&node.base, node.await_token.span),
            Expr::Return(node) => {
                self.value |= node.expr.is_some();
                if self.args.throws.is_some() {
                    self.returns(node);
                }
            }
            Expr::ForLoop(node) if is_for_await(node) => *expr = self.for_await(node),
            _ => {}
        }
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        // What they become would be the value of a block that they end, and want a semicolon.
        if let Stmt::Expr(expr, end @ None) = stmt {
            *end = match expr {
                Expr::ForLoop(node) if is_for_await(node) => Some(node.for_token.span),
                Expr::Yield(node) if !self.args.sends_value() => Some(node.yield_token.span),
                _ => None,
            }
            .map(|span| Token![;](at(span)));
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if foreign::find_yield(mac, self.args.bare).is_some() {
            self.hidden_yield = true;
            if self.args.bare {
                foreign::spell_yields(mac);
            }
        }
    }

    /// A tool has no use for what is lowered, and a macro of the same name is not to see it.
    fn visit_attributes_mut(&mut self, attrs: &mut Vec<Attribute>) {
        attrs.retain(|attr| !is_tool(attr.path()));
    }

    // What follows has a body or a context of its own.
    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
    fn visit_expr_const_mut(&mut self, _: &mut syn::ExprConst) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}

    fn visit_item_mut(&mut self, item: &mut syn::Item) {
        if let syn::Item::Macro(definition) = item {
            self.visit_macro_mut(&mut definition.mac);
        }
    }

    fn visit_expr_repeat_mut(&mut self, node: &mut syn::ExprRepeat) {
        self.visit_attributes_mut(&mut node.attrs);
        self.visit_expr_mut(&mut node.expr);
    }
}
