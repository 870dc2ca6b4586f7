//! The suspension points of a body: yields, awaits, and loops over streams.

use std::borrow::Cow;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote_spanned};
use syn::spanned::Spanned as _;
use syn::token::Paren;
use syn::{
    AttrStyle, Attribute, Expr, ExprAwait, ExprForLoop, ExprParen, ExprYield, Lifetime, Stmt,
    Token, parse_quote_spanned,
};

use super::Lower;
use super::tail::is_item;
use crate::body::async_block::in_braces;
use crate::names::{Names, generated_at, located_call, users_at};
use crate::syntax::bind_in_match::bind_in_match;

/// A yield that is being lowered.
pub(super) struct Yield<'a> {
    pub(super) names: &'a Names,
    /// The label of its body or region.
    pub(super) label: &'a Lifetime,
    pub(super) value: TokenStream,
    /// The variable that holds the place, if the yield may use it.
    pub(super) place: Option<&'a Ident>,
    /// Whether it holds the place of the current poll once the value is evaluated.
    pub(super) is_fresh: bool,
    /// Whether the value is the item itself, a `Result`.
    pub(super) is_item: bool,
    /// Whether the yield evaluates to a value that is sent.
    pub(super) sends_value: bool,
    /// The user's `yield`.
    pub(super) keyword: Span,
}

impl Yield<'_> {
    /// Output:
    ///
    /// ```text
    /// {
    ///     __body.put(v, __place);
    ///     __place = __body.suspend(if false { break 'body __body.never() }).await;
    /// }
    /// ```
    ///
    /// The `break` is never reached. It keeps a yield that some macro moved into a closure from compiling.
    ///
    /// If `__place` may be stale, the value is evaluated before, and a place is found for it alone:
    ///
    /// ```text
    /// let __value = __body.value(v);
    /// __body.put(__value, __body.enter().await);
    /// ```
    ///
    /// In a body that throws, `Ok(v)` and `Err(e)` are left in the frame unchanged, by `put_item` and `item`.
    ///
    /// The temporaries of `v` are dropped at the end of the first statement, before the body is suspended. No item can
    /// borrow from them, since its type is declared outside of the body.
    ///
    /// The braces have the span of the user's yield, so that rustc reports a mismatched type there, and coverage counts
    /// the `()` that the block evaluates to. If a value is sent, the block ends in
    /// `let (__sent, __next) = __body.receive(..).await; __place = __next; __sent`, which coverage counts.
    pub(super) fn tokens(&self) -> TokenStream {
        let Yield {
            names,
            label,
            value,
            keyword,
            ..
        } = self;
        let span = generated_at(*keyword);
        let body = names.body_at(span);
        let scope = names.scope_check(label, span);
        let [put, given] = if self.is_item {
            ["put_item", "item"]
        } else {
            ["put", "value"]
        }
        .map(|name| Ident::new(name, span));
        let mut content = match self.place {
            Some(place) if self.is_fresh => quote_spanned!(span=> #body.#put(#value, #place);),
            _ => quote_spanned! {span=>
                let __value = #body.#given(#value);
                #body.#put(__value, #body.enter().await);
            },
        };
        let assign = self.place.map(|place| quote_spanned!(span=> #place =));
        content.extend(if self.sends_value {
            let sent = Ident::new("__sent", *keyword);
            let next = self.place.map_or_else(
                || quote_spanned!(span=> _),
                |_| quote_spanned!(span=> __next),
            );
            let assign = assign.map(|assign| quote_spanned!(span=> #assign __next;));
            let receive = located_call("receive", &scope, *keyword);
            quote_spanned! {span=>
                let (#sent, #next) = #body.#receive.await;
                #assign
                #sent
            }
        } else {
            let assign = assign.unwrap_or_else(|| quote_spanned!(span=> let _ =));
            let suspend = located_call("suspend", &scope, *keyword);
            quote_spanned!(span=> #assign #body.#suspend.await;)
        });
        in_braces(content, *keyword).into_token_stream()
    }
}

impl Lower<'_> {
    /// Makes an operand the argument of a method: removes parentheses, and puts generated ones around braces, so that
    /// `unused_parens` and `unused_braces` do not fire. The braces stay the user's: the edition of a block decides how
    /// long the temporaries of its value live.
    pub(super) fn operand<'e>(&self, expr: &'e Expr) -> Cow<'e, Expr> {
        match expr {
            Expr::Paren(inner) if inner.attrs.is_empty() => self.operand(&inner.expr),
            Expr::Block(block) => Cow::Owned(Expr::Paren(ExprParen {
                attrs: Vec::new(),
                paren_token: Paren(self.span_at(block.block.brace_token.span.join())),
                expr: Box::new(expr.clone()),
            })),
            _ => Cow::Borrowed(expr),
        }
    }

    /// Input: `yield v`.
    ///
    /// Output: see [`Yield::tokens`].
    pub(super) fn yields(&mut self, node: &ExprYield) -> Expr {
        let unit = parse_quote_spanned!(generated_at(node.yield_token.span)=> ());
        let value = self.operand(node.expr.as_deref().unwrap_or(&unit));
        let yields = self.yield_of(node, value.to_token_stream());
        let attrs = &node.attrs;
        parse_quote_spanned!(generated_at(node.yield_token.span)=> #(#attrs)* #yields)
    }

    /// Lowers a yield, of this value.
    pub(super) fn yield_of(&mut self, node: &ExprYield, value: TokenStream) -> TokenStream {
        self.scope.uses.label = true;
        let has_place = !self.scope.handed && self.scope.place;
        let yields = Yield {
            names: self.names,
            label: &self.scope.label,
            value,
            place: has_place.then_some(&self.names.place),
            is_fresh: !self.scope.foreign,
            is_item: self.args.throws.is_some() && node.expr.as_deref().is_some_and(is_item),
            sends_value: self.args.sends_value(),
            keyword: node.yield_token.span,
        };
        yields.tokens()
    }

    /// Output: `__place = __body.enter().await;`, and no warning if it is unreachable.
    pub(super) fn assign_place(&self) -> Stmt {
        let Names { body, place, .. } = self.names;
        parse_quote_spanned! {Span::mixed_site()=>
            #[allow(unreachable_code)]
            { #place = #body.enter().await; }
        }
    }

    /// Input: an await that evaluates to an output and a new place.
    ///
    /// Output: `match awaited { __next => { __place = __next.1; __next.0 } }`, and no assignment in a block without a place.
    /// A `match`, so that the temporaries of the future live to the end of the user's statement. Its pattern moves the
    /// whole pair, so that none of it does.
    pub(super) fn assigning(&self, awaited: &TokenStream, keyword: Span) -> TokenStream {
        let span = generated_at(keyword);
        if self.scope.handed || !self.scope.place {
            return quote_spanned!(span=> match #awaited { __next => __next.0 });
        }
        let place = &self.names.place;
        quote_spanned!(span=> match #awaited { __next => { #place = __next.1; __next.0 } })
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
    /// A `match`, since a `for` keeps the temporaries of its head, too. `pin!` does not receive the head, which may
    /// contain lowered code.
    ///
    /// If the stream may be an argument that nothing else mentions, and that stays where it is:
    ///
    /// ```text
    /// let __source = __body.source(__stream, &mut __argument0);
    /// let mut __source = pin!(__source);
    /// let mut __stream = __body.stream(&mut __source);
    /// ```
    pub(super) fn for_await(&mut self, node: &ExprForLoop) -> Expr {
        let span = generated_at(node.for_token.span);
        let Names { krate, rt, .. } = self.names;
        let ExprForLoop { label, pat, .. } = node;
        let stream = self.operand(&node.expr);
        // rustc reports at the head that it is not a stream.
        let head = generated_at(stream.span());
        let body = self.body_at(head);
        let next = quote_spanned!(head=> &mut __stream);
        let next = located_call("next", &next, node.expr.span());
        let awaits = Token![await](node.expr.span());
        let next = self.assigning(&quote_spanned!(head=> #body.#next.#awaits), head);
        let attrs = node
            .attrs
            .iter()
            .filter(|attr| !attr.path().is_ident("for_await"));
        let attrs = attrs.map(|attr| Attribute {
            style: AttrStyle::Outer,
            ..attr.clone()
        });
        let statements = &node.body.stmts;
        let rounds = quote_spanned! {span=>
            #label while let #rt::Some(__item) = #next {
                let #pat = __item;
                #(#statements)*
            }
        };
        let mut stream = stream.into_owned();
        let stream_name = Ident::new("__stream", users_at(span));
        let pinned = match self.places.iter().position(|place| place.is(&stream)) {
            None => {
                quote_spanned!(span=> let mut __stream = #krate::__private::pin!(#stream_name);)
            }
            Some(index) => {
                let place = self.places.swap_remove(index);
                let (argument, source) = (&place.variable, Ident::new("__source", users_at(span)));
                if place.argument == "self" {
                    // A `let` cannot declare `self`, so its place is used here.
                    stream = parse_quote_spanned!(head=> #body.in_place(&#argument));
                }
                let pinned = quote_spanned! {span=>
                    let #source = #body.source(#stream_name, &mut #argument);
                    let mut __source = #krate::__private::pin!(#source);
                    let mut __stream = #body.stream(&mut __source);
                };
                self.used_places.push(place);
                pinned
            }
        };
        let arm = parse_quote_spanned! {span=>
            #stream_name => {
                #pinned
                #rounds
            }
        };
        let stream = bind_in_match(&stream, arm, span);
        parse_quote_spanned!(span=> #(#attrs)* #stream)
    }

    /// Input: `future.await`.
    ///
    /// Output: `__body.wait(future).await`, and what [`assigning`](Lower::assigning) makes of it.
    pub(super) fn awaits(&mut self, node: &ExprAwait) -> Expr {
        let future = self.operand(&node.base).to_token_stream();
        let keyword = node.await_token.span;
        let waits = self.waits(&future, keyword);
        let (attrs, waits) = (&node.attrs, self.assigning(&waits, keyword));
        parse_quote_spanned!(generated_at(keyword)=> #(#attrs)* #waits)
    }

    /// Input: a future.
    ///
    /// Output: `__body.wait(future)`. The method's name has the span of the user's `.await`, so that rustc reports once
    /// that something is not a future.
    fn wait(&mut self, future: &TokenStream, keyword: Span) -> TokenStream {
        let span = generated_at(keyword);
        let wait = located_call("wait", future, keyword);
        let body = self.right_at(span);
        quote_spanned!(span=> #body.#wait)
    }

    /// The same, and its `.await`.
    pub(super) fn waits(&mut self, future: &TokenStream, keyword: Span) -> TokenStream {
        let wait = self.wait(future, keyword);
        let span = generated_at(keyword);
        let keyword = Token![await](keyword);
        quote_spanned!(span=> #wait.#keyword)
    }
}
