//! Regions: `attempt!`, and the rest of a block after a `defer!`. Each becomes an async block in the body.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::spanned::Spanned as _;
use syn::visit_mut::VisitMut as _;
use syn::{Expr, Item, Lifetime, Stmt, Token, parse_quote_spanned};

use super::block::Block;
use super::place::{Contents, contain_yields, is_yield};
use super::tail::{End, without_semicolon};
use super::{Lower, Scope};
use crate::body::async_block::{in_braces, unit};
use crate::body::jump::{JumpKind, Leaving};
use crate::body::node::{Node, Region};
use crate::names::{generated_at, located_call};

/// The kinds of async blocks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Attempt,
    /// The rest of a block after a `defer!`.
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

impl Lower<'_> {
    /// Input: `a; defer! { d } b; c`.
    ///
    /// Output: `a; guarded`, where `guarded` is made of `d` and `b; c`.
    ///
    /// `end` is the end of the body, if these statements are at the end of it, and `Unit` elsewhere. Returns whether
    /// there was a `defer!`. `is_stale` is whether the place is stale at the start.
    pub(super) fn statements(
        &mut self,
        statements: &mut Vec<Stmt>,
        braces: Span,
        end: End,
        is_stale: bool,
    ) -> bool {
        let guarded = self.take_defer(statements);
        let guarded = guarded.map(|(defer, leaving, rest)| {
            let rest = Region {
                attrs: Vec::new(),
                keyword: defer.keyword,
                braces,
                statements: hoist_items(rest, statements),
                leaving,
            };
            (defer, rest)
        });
        self.list(statements, is_stale);
        let Some((defer, rest)) = guarded else {
            return false;
        };
        let ends_in_unit = self.ends_in_unit(&rest.statements);
        let semicolon = ends_in_unit.then(|| Token![;](generated_at(defer.keyword)));
        let guarded = self.guarded(defer, rest, end);
        statements.push(Stmt::Expr(guarded, semicolon));
        true
    }

    /// Lowers statements, and assigns a new place where the rule of `place` requires it.
    fn list(&mut self, statements: &mut Vec<Stmt>, mut is_stale: bool) {
        let around = self.scope.foreign;
        for mut statement in std::mem::take(statements) {
            let Contents { foreign, yields } = Contents::of(&statement, &self.nodes);
            let finds_place = is_stale && is_yield(&statement);
            if is_stale && yields && !foreign && !finds_place && !self.scope.handed {
                statements.push(self.assign_place());
            }
            is_stale = foreign || is_stale && !yields;
            self.scope.foreign = foreign || finds_place;
            self.visit_stmt_mut(&mut statement);
            statements.push(statement);
        }
        self.scope.foreign = around;
    }

    /// Takes the first `defer!` of a block out of it, the jumps out of the rest, and the rest.
    fn take_defer(
        &mut self,
        statements: &mut Vec<Stmt>,
    ) -> Option<(Region, Vec<Leaving>, Vec<Stmt>)> {
        let at = statements.iter().position(|statement| {
            matches!(statement, Stmt::Expr(expr, _)
                if matches!(self.nodes.get(expr), Some(Node::Defer { .. })))
        })?;
        let mut rest = statements.split_off(at);
        match rest.remove(0) {
            Stmt::Expr(expr, _) => match self.nodes.take(&expr) {
                Some(Node::Defer {
                    deferred,
                    rest: leaving,
                }) => Some((deferred, leaving, rest)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Input: `attempt! { .. }`.
    ///
    /// Output: `__body.attempt(async { Ok('attempt: { .. }) }).await`.
    ///
    /// If a jump leaves it:
    ///
    /// ```text
    /// match __body.attempt(async { Ok(Either::Left('attempt: { .. })) }).await {
    ///     Ok(Either::Left(__value)) => Ok(__value),
    ///     Ok(Either::Right(__value)) => return __value,
    ///     Err(__error) => Err(__error),
    /// }
    /// ```
    pub(super) fn attempt(&mut self, mut region: Region) -> Expr {
        let attrs = std::mem::take(&mut region.attrs);
        let (span, braces) = (generated_at(region.keyword), region.braces);
        let body = self.right_at(span);
        let (region, leaving) = self.region(Kind::Attempt, region, End::Unit);
        let region = in_braces(region, braces);
        let attempt = quote_spanned!(span=> #body.attempt(async #region));
        let attempt = self.waits_for_region(&attempt, &quote_spanned!(span=> .await), span);
        if leaving.is_empty() {
            return parse_quote_spanned!(span=> #(#attrs)* #attempt);
        }
        let rt = &self.names.rt;
        let ok = |exit| quote_spanned!(span=> #rt::Ok(#exit));
        let arms = self.replay(&leaving, ok, span);
        parse_quote_spanned! {span=>
            #(#attrs)*
            match #attempt {
                #rt::Ok(#rt::Either::Left(__value)) => {
                    #rt::Ok(__value)
                }
                #(#arms)*
                #rt::Err(__error) => #rt::Err(__error),
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
    /// If a jump leaves the rest, in a `match` as for an `attempt!`.
    fn guarded(&mut self, defer: Region, rest: Region, end: End) -> Expr {
        let span = generated_at(rest.keyword);
        // rustc reports a type that does not fit at the user's value.
        let value = match rest.statements.last() {
            Some(Stmt::Expr(value, None)) if self.ends_in_value(&rest.statements) => {
                generated_at(value.span())
            }
            _ => span,
        };
        let body = self.right_at(value);
        let braces = [rest.braces, defer.braces];
        let keyword = defer.keyword;
        let (rest, leaving) = self.region(Kind::Guard, rest, end);
        let rest = in_braces(rest, braces[0]);
        let deferred = in_braces(self.deferred(defer), braces[1]);
        let wait = quote_spanned!(value=> .await);
        let fails = self.args.throws.as_ref();
        let fails = fails.map(|_| quote_spanned!(value=> ?));
        let guard = located_call("guard", &quote_spanned!(span=> async #rest), keyword);
        let left = quote_spanned!(span=> #body.#guard.await.cleanup(async #deferred));
        let left = self.waits_for_region(&left, &wait, span);
        let left = quote_spanned!(span=> #left #fails);
        if leaving.is_empty() {
            return parse_quote_spanned!(span=> #left);
        }
        let rt = &self.names.rt;
        let value = quote_spanned!(value=> __value);
        let arms = self.replay(&leaving, |exit| exit, span);
        parse_quote_spanned! {span=>
            match #left {
                #rt::Either::Left(#value) => #value,
                #(#arms)*
            }
        }
    }

    /// Awaits the future of a region, and assigns a new place if the block around it has one.
    fn waits_for_region(
        &self,
        region: &TokenStream,
        wait: &TokenStream,
        span: Span,
    ) -> TokenStream {
        if self.scope.handed || !self.scope.place {
            return quote_spanned!(span=> #region #wait);
        }
        let body = self.body_at(span);
        self.assigning(&quote_spanned!(span=> #body.placed(#region) #wait), span)
    }

    /// Lowers the content of the async block of a `defer!`. No jump leaves it, and its value is `()`.
    fn deferred(&mut self, defer: Region) -> TokenStream {
        let span = generated_at(defer.keyword);
        let unit = self.fallible(quote_spanned!(span=> ()), span);
        let hint = self
            .ends_in_value(&defer.statements)
            .then(|| quote_spanned!(span=> if false { return #unit; }));
        let (block, _) = self.region(Kind::Cleanup, defer, End::Unit);
        quote_spanned!(span=> #hint #block)
    }

    /// Lowers the content of the async block of a region. Also returns the jumps out of it.
    ///
    /// `end` is the end of the body, if the value of the region is that of the body, and `Unit` elsewhere.
    fn region(&mut self, kind: Kind, region: Region, end: End) -> (TokenStream, Vec<Leaving>) {
        let Region {
            mut statements,
            braces,
            keyword,
            leaving,
            ..
        } = region;
        let span = generated_at(keyword);
        self.regions = true;
        let is_value = self.ends_in_value(&statements);
        let is_unit = self.ends_in_unit(&statements);
        let never_ends = self.never_ends(&statements);
        let mut scope = Scope::new(Lifetime::new(kind.label(), span), leaving);
        scope.deferred = self.scope.deferred || kind == Kind::Cleanup;
        scope.place = contain_yields(&statements, &self.nodes);
        let outer = std::mem::replace(&mut self.scope, scope);
        let guarded = self.statements(&mut statements, braces, end, false);
        let block = Block {
            scope: std::mem::replace(&mut self.scope, outer),
            statements: if never_ends {
                without_semicolon(statements)
            } else {
                statements
            },
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
            // Its value may be `()`, which must not be at the end of a block: see `unit`.
            quote_spanned!(span=> return #value;)
        };
        let types = self.types(end, leaving, span);
        (quote_spanned!(span=> #types #value), block.scope.leaving)
    }

    /// Makes the value of a region at its end: `value` or `Either::Left(value)`, in an `Ok` if the body throws.
    fn end(&self, value: TokenStream, leaving: &[Leaving], span: Span) -> TokenStream {
        let rt = &self.names.rt;
        if leaving.is_empty() {
            return self.fallible(value, span);
        }
        self.fallible(quote_spanned!(span=> #rt::Either::Left(#value)), span)
    }

    /// Makes unreachable `return`s that give rustc the types of a region's value, and of the values that a `return`
    /// carries, if they are those of the body.
    fn types(&self, end: End, leaving: &[Leaving], span: Span) -> TokenStream {
        let body = self.body_at(span);
        let value = match end {
            End::Unit => None,
            End::Value => Some(quote_spanned!(span=> #body.never_return())),
            End::Result => Some(quote_spanned!(span=> #body.never_output())),
        };
        let value = value.map(|value| self.end(value, leaving, span));
        let mut ways = leaving.iter();
        let returned = ways.position(|leaving| leaving.jump.kind == JumpKind::Return);
        let returned = returned.filter(|_| self.args.throws.is_some() || self.args.returns_value());
        let returned = returned.map(|index| {
            let output = quote_spanned!(span=> #body.never_output());
            self.fallible(self.leave(index, leaving.len(), &output, span), span)
        });
        let hints = [value, returned].into_iter().flatten();
        quote_spanned!(span=> #(if false { return #hints; })*)
    }
}

/// Moves items of the rest of a block before the `defer!`: items are visible in all of a block. Items after a macro
/// definition stay, since they may call that macro.
fn hoist_items(rest: Vec<Stmt>, before: &mut Vec<Stmt>) -> Vec<Stmt> {
    let mut macros = false;
    let (items, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(|statement| {
        macros |= matches!(statement, Stmt::Item(Item::Macro(_)));
        matches!(statement, Stmt::Item(_)) && !macros
    });
    before.extend(items);
    rest
}
