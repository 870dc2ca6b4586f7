//! `attempt!`, and what a `defer!` guards: async blocks of their own in the body.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::spanned::Spanned as _;
use syn::visit_mut::VisitMut as _;
use syn::{Expr, ExprTryBlock, Item, Lifetime, Stmt, Token, parse_quote_spanned};

use super::block::Block;
use super::tail::{End, ends_in_jump, ends_in_unit, ends_in_value};
use super::{Lower, Scope};
use crate::emit::{in_braces, unit};
use crate::jumps::{self, Jump, Leaving};
use crate::names::at;
use crate::region;

/// What becomes an async block of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Attempt,
    /// What a `defer!` guards.
    Guard,
    /// The block of a `defer!`.
    Cleanup,
}

impl Kind {
    const fn label(self) -> &'static str {
        match self {
            Kind::Attempt => "'attempt",
            Kind::Guard => "'guard",
            Kind::Cleanup => "'cleanup",
        }
    }
}

/// A region that is to be lowered.
struct Source {
    kind: Kind,
    statements: Vec<Stmt>,
    /// Where the user's own braces stand.
    braces: Span,
    /// Where the name of the region's macro stands.
    span: Span,
    /// The end of the body, if the region's value is the body's, and `Unit` elsewhere.
    end: End,
}

impl Source {
    fn of(node: ExprTryBlock, kind: Kind) -> Self {
        Source {
            kind,
            braces: node.block.brace_token.span.join(),
            statements: node.block.stmts,
            span: at(node.try_token.span),
            end: End::Unit,
        }
    }
}

impl Lower<'_> {
    /// Input: `a; defer! { d } b; c`.
    ///
    /// Output: `a; guarded`, where `guarded` is made of `d` and `b; c`.
    ///
    /// `end` is the end of the body, if these are what it ends with, and `Unit` elsewhere. Says whether
    /// there was a `defer!`.
    pub(super) fn statements(
        &mut self,
        statements: &mut Vec<Stmt>,
        braces: Span,
        end: End,
    ) -> bool {
        let guarded = region::take_defer(statements);
        let guarded = guarded.map(|(defer, rest)| (defer, hoist_items(rest, statements)));
        for statement in &mut *statements {
            self.visit_stmt_mut(statement);
        }
        let Some((defer, rest)) = guarded else {
            return false;
        };
        let semicolon = ends_in_unit(&rest).then(|| Token![;](at(defer.try_token.span)));
        let rest = Source {
            kind: Kind::Guard,
            statements: rest,
            braces,
            span: at(defer.try_token.span),
            end,
        };
        let guarded = self.guarded(defer, rest);
        statements.push(Stmt::Expr(guarded, semicolon));
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
        let attrs = region::user_attrs(&node).to_vec();
        let source = Source::of(node, Kind::Attempt);
        let (span, braces) = (source.span, source.braces);
        let body = self.right_at(span);
        let (region, leaving) = self.region(source);
        let region = in_braces(region, braces);
        let attempt = quote_spanned!(span=> #body.attempt(async #region).await);
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
    fn guarded(&mut self, defer: ExprTryBlock, rest: Source) -> Expr {
        let span = rest.span;
        // A type that does not fit is shown where the user wrote the value.
        let value = match rest.statements.last() {
            Some(Stmt::Expr(value, None)) if ends_in_value(&rest.statements) => at(value.span()),
            _ => span,
        };
        let body = self.right_at(value);
        let braces = [rest.braces, defer.block.brace_token.span.join()];
        let (rest, leaving) = self.region(rest);
        let rest = in_braces(rest, braces[0]);
        let deferred = in_braces(self.deferred(defer), braces[1]);
        let wait = quote_spanned!(value=> .await);
        let fails = self.args.throws.as_ref();
        let fails = fails.map(|_| quote_spanned!(value=> ?));
        let left = quote_spanned! {span=>
            #body.guard(async #rest).await.cleanup(async #deferred) #wait #fails
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

    /// What stands in the async block of a `defer!`: no jump leaves it, and its value is `()`.
    fn deferred(&mut self, defer: ExprTryBlock) -> TokenStream {
        let source = Source::of(defer, Kind::Cleanup);
        let span = source.span;
        let unit = self.fallible(quote_spanned!(span=> ()), span);
        let hint = ends_in_value(&source.statements)
            .then(|| quote_spanned!(span=> if false { return #unit; }));
        let (block, _) = self.region(source);
        quote_spanned!(span=> #hint #block)
    }

    /// What stands in the async block of a region, and the jumps that leave it.
    fn region(&mut self, source: Source) -> (TokenStream, Vec<Leaving>) {
        let Source {
            kind,
            mut statements,
            braces,
            span,
            end,
        } = source;
        self.regions = true;
        let is_value = ends_in_value(&statements);
        let is_unit = ends_in_unit(&statements);
        let leaving = jumps::out_of(&statements);
        let mut scope = Scope::new(Lifetime::new(kind.label(), span), leaving);
        scope.deferred = self.scope.deferred || kind == Kind::Cleanup;
        let outer = std::mem::replace(&mut self.scope, scope);
        let guarded = self.statements(&mut statements, braces, end);
        let block = Block {
            scope: std::mem::replace(&mut self.scope, outer),
            statements: ends_in_jump(statements),
            guarded,
            is_value,
            braces,
        };
        let leaving = &block.scope.leaving;
        let value = block.tokens(self.args, self.names);
        let value = if self.args.throws.is_some() || !leaving.is_empty() {
            self.end(value, leaving, span)
        } else if kind == Kind::Cleanup || is_unit {
            unit(&value)
        } else {
            // It may evaluate to `()`, and a tail be checked by a lint, see `unit`.
            quote_spanned!(span=> return #value;)
        };
        let types = self.types(end, leaving, span);
        (quote_spanned!(span=> #types #value), block.scope.leaving)
    }

    /// The value of a region at its end: `value`, `Exit::End(value)`, and these in an `Ok`.
    fn end(&self, value: TokenStream, leaving: &[Leaving], span: Span) -> TokenStream {
        let krate = &self.names.krate;
        if leaving.is_empty() {
            return self.fallible(value, span);
        }
        self.fallible(
            quote_spanned!(span=> #krate::__private::Exit::End(#value)),
            span,
        )
    }

    /// What tells the compiler the types of a region's value and of what a `return` in it gives, as far
    /// as they are those of the body.
    fn types(&self, end: End, leaving: &[Leaving], span: Span) -> TokenStream {
        let body = self.body_at(span);
        let value = match end {
            End::Unit => None,
            End::Value => Some(quote_spanned!(span=> #body.never_return())),
            End::Result => Some(quote_spanned!(span=> #body.never_output())),
        };
        let value = value.map(|value| self.end(value, leaving, span));
        let mut ways = leaving.iter();
        let returned = ways.position(|leaving| leaving.jump == Jump::Return);
        let returned = returned.filter(|_| self.args.throws.is_some() || self.args.returns_value());
        let returned = returned.map(|index| {
            let output = quote_spanned!(span=> #body.never_output());
            self.fallible(self.leave(index, leaving.len(), &output, span), span)
        });
        let hints = [value, returned].into_iter().flatten();
        quote_spanned!(span=> #(if false { return #hints; })*)
    }
}

/// Moves items of the rest of a block to what precedes it: they are there in all of a block, also
/// before the statement that they are. What stands behind a macro may call it, and stays.
fn hoist_items(rest: Vec<Stmt>, before: &mut Vec<Stmt>) -> Vec<Stmt> {
    let mut macros = false;
    let (items, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(|statement| {
        macros |= matches!(statement, Stmt::Item(Item::Macro(_)));
        matches!(statement, Stmt::Item(_)) && !macros
    });
    before.extend(items);
    rest
}
