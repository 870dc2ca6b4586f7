//! `attempt!`, and what a `defer!` guards: async blocks of their own in the body.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::spanned::Spanned as _;
use syn::{Expr, ExprTryBlock, Lifetime, Stmt, Token, parse_quote_spanned};

use super::block::Block;
use super::{Lower, Scope, at, ends_in_value};
use crate::jumps::{self, Jump, Leaving};
use crate::region;

impl Lower<'_> {
    /// Input: `a; defer! { d } b; c`.
    ///
    /// Output: `a; guarded`, where `guarded` is made of `d` and `b; c`.
    ///
    /// Says whether there was a `defer!`.
    pub(super) fn statements(&mut self, statements: &mut Vec<Stmt>, braces: Span) -> bool {
        let guarded = region::take_defer(statements).map(|(defer, rest)| {
            // Items are there in all of a block, also before the statement that they are.
            let is_item = |statement: &Stmt| {
                matches!(statement, Stmt::Item(item) if !matches!(item, syn::Item::Macro(_)))
            };
            let (items, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_item);
            statements.extend(items);
            (defer, rest)
        });
        for statement in &mut *statements {
            syn::visit_mut::VisitMut::visit_stmt_mut(self, statement);
        }
        let Some((defer, rest)) = guarded else {
            return false;
        };
        let end = ends_in_unit(&rest).then(|| Token![;](at(defer.try_token.span)));
        let guarded = self.guarded(defer, rest, braces);
        statements.push(Stmt::Expr(guarded, end));
        true
    }

    /// Input: `attempt! { .. }`.
    ///
    /// Output: `__body.attempt(async { Ok('attempt: { .. }) }).await`.
    ///
    /// Where a jump crosses it:
    ///
    /// ```text
    /// match __body.attempt(async { Ok(Exit::End('attempt: { .. })) }).await {
    ///     Ok(Exit::End(__value)) => Ok(__value),
    ///     Ok(Exit::Leave(__value)) => return __value,
    ///     Err(__error) => Err(__error),
    /// }
    /// ```
    pub(super) fn attempt(&mut self, node: ExprTryBlock) -> Expr {
        let span = at(node.try_token.span);
        let braces = node.block.brace_token.span.join();
        let (region, leaving) = self.region("'attempt", node.block.stmts, braces, span);
        let body = self.body_at(span);
        let attempt = quote_spanned!(span=> #body.attempt(async { #region }).await);
        let attrs = &node.attrs[..node.attrs.len() - 1];
        if leaving.is_empty() {
            return parse_quote_spanned!(span=> #(#attrs)* #attempt);
        }
        let krate = &self.names.krate;
        let ok = |exit| quote_spanned!(span=> #krate::__private::Ok(#exit));
        let arms = self.replay(&leaving, ok, span);
        parse_quote_spanned! {span=>
            #(#attrs)*
            match #attempt {
                #krate::__private::Ok(#krate::__private::Exit::End(__value)) => {
                    #krate::__private::Ok(__value)
                }
                #(#arms)*
                #krate::__private::Err(__error) => #krate::__private::Err(__error),
            }
        }
    }

    /// Input: `defer! { deferred }`, and the rest of its block.
    ///
    /// Output:
    ///
    /// ```text
    /// __body
    ///     .guard(async { Ok('guard: { rest }) })
    ///     .await
    ///     .cleanup(async { Ok({ deferred }) })
    ///     .await?
    /// ```
    ///
    /// Where a jump crosses it, in a `match` as an `attempt!`.
    fn guarded(&mut self, defer: ExprTryBlock, rest: Vec<Stmt>, braces: Span) -> Expr {
        let span = at(defer.try_token.span);
        // A type that does not fit is shown where the user wrote the value.
        let value = match rest.last() {
            Some(Stmt::Expr(value, None)) if ends_in_value(&rest) => at(value.span()),
            _ => span,
        };
        let (rest, leaving) = self.region("'guard", rest, braces, span);
        let deferred = self.deferred(defer, span);
        let body = self.body_at(value);
        let wait = quote_spanned!(value=> .await);
        let fails = self.args.throws.as_ref().map(|_| quote_spanned!(value=> ?));
        let left = quote_spanned! {span=>
            #body.guard(async { #rest }).await.cleanup(async { #deferred }) #wait #fails
        };
        if leaving.is_empty() {
            return parse_quote_spanned!(span=> #left);
        }
        let krate = &self.names.krate;
        let value = quote_spanned!(value=> __value);
        let arms = self.replay(&leaving, |exit| exit, span);
        parse_quote_spanned! {span=>
            match #left {
                #krate::__private::Exit::End(#value) => #value,
                #(#arms)*
            }
        }
    }

    /// What stands in the async block of a region, and the jumps that leave it.
    fn region(
        &mut self,
        label: &str,
        mut statements: Vec<Stmt>,
        braces: Span,
        span: Span,
    ) -> (TokenStream, Vec<Leaving>) {
        let label = Lifetime::new(label, span);
        let is_value = ends_in_value(&statements);
        let leaving = jumps::out_of(&statements);
        let (scope, guarded) = self.within(Scope::new(label, leaving), |lower| {
            lower.statements(&mut statements, braces)
        });
        let block = Block {
            scope,
            statements: ends_in_jump(statements),
            guarded,
            is_value,
            braces,
        };
        let crossed = !block.scope.leaving.is_empty();
        let wrapped = self.args.throws.is_some() || crossed;
        let mut end = block.tokens(self.names, wrapped);
        if crossed {
            let krate = &self.names.krate;
            end = quote_spanned!(span=> #krate::__private::Exit::End(#end));
        }
        let end = self.fallible(end, span);
        let leaving = block.scope.leaving;
        let hint = self.returned(&leaving, span);
        (quote_spanned!(span=> #hint #end), leaving)
    }

    /// What tells the compiler the type that a `return` in a region gives.
    fn returned(&self, leaving: &[Leaving], span: Span) -> Option<TokenStream> {
        let index = leaving
            .iter()
            .position(|leaving| leaving.jump == Jump::Return)?;
        if self.args.throws.is_none() && self.args.returns.is_none() {
            return None;
        }
        let body = self.body_at(span);
        let output = quote_spanned!(span=> #body.never_output());
        let exit = self.fallible(self.leave(index, leaving.len(), &output, span), span);
        Some(quote_spanned!(span=> if false { return #exit; }))
    }

    /// What stands in the async block of a `defer!`: no jump leaves it, and its value is `()`.
    fn deferred(&mut self, defer: ExprTryBlock, span: Span) -> TokenStream {
        let unit = self.fallible(quote_spanned!(span=> ()), span);
        let hint = ends_in_value(&defer.block.stmts)
            .then(|| quote_spanned!(span=> if false { return #unit; }));
        let braces = defer.block.brace_token.span.join();
        let (block, _) = self.region("'cleanup", defer.block.stmts, braces, span);
        quote_spanned!(span=> #hint #block)
    }

    /// Lowers what `visit` goes to into an async block of its own.
    fn within<T>(&mut self, scope: Scope, visit: impl FnOnce(&mut Self) -> T) -> (Scope, T) {
        self.regions = true;
        let outer = std::mem::replace(&mut self.scope, scope);
        let value = visit(self);
        (std::mem::replace(&mut self.scope, outer), value)
    }
}

/// Whether the value of the statements is `()`, and not that of a jump, or of a macro that may be one.
fn ends_in_unit(statements: &[Stmt]) -> bool {
    match statements.last() {
        Some(Stmt::Expr(end, _)) if is_jump(end) || matches!(end, Expr::Loop(_)) => false,
        Some(Stmt::Macro(_)) => false,
        _ => !ends_in_value(statements),
    }
}

/// Input: `..; return;`, and the like.
///
/// Output: `..; return`, whose type is that of any value. The type of a block that something else
/// may leave would not be known otherwise.
fn ends_in_jump(mut statements: Vec<Stmt>) -> Vec<Stmt> {
    if let Some(Stmt::Expr(jump, end)) = statements.last_mut() {
        if is_jump(jump) {
            *end = None;
        }
    }
    statements
}

fn is_jump(expr: &Expr) -> bool {
    matches!(expr, Expr::Return(_) | Expr::Break(_) | Expr::Continue(_))
}
