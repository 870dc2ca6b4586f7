//! The places where a body may be suspended: yields, awaits, and the async for.

use std::borrow::Cow;

use proc_macro2::Ident;
use quote::quote_spanned;
use syn::spanned::Spanned as _;
use syn::{
    AttrStyle, Attribute, BinOp, Expr, ExprAwait, ExprForLoop, ExprYield, parse_quote_spanned,
};

use super::Lower;
use crate::hoist::hoisted;
use crate::names::{at, given};

/// What a method is called with, without the parentheses and with the braces that the user's
/// operator needed: around an argument they would be a lint.
pub(super) fn operand(expr: &Expr) -> Cow<'_, Expr> {
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

/// Whether the body is certainly not suspended while it evaluates a lowered expression.
///
/// Only what cannot hide an await counts: no macro, no block, whose items may have attribute macros
/// that make statements of them, and nothing that drops a value before it is done.
fn is_evaluated_at_once(expr: &Expr) -> bool {
    let all = is_evaluated_at_once;
    let (attrs, at_once) = match expr {
        Expr::Array(node) => (&node.attrs, node.elems.iter().all(all)),
        Expr::Binary(node) => (
            &node.attrs,
            !matches!(node.op, BinOp::And(_) | BinOp::Or(_)) && all(&node.left) && all(&node.right),
        ),
        Expr::Call(node) => (&node.attrs, all(&node.func) && node.args.iter().all(all)),
        Expr::Cast(node) => (&node.attrs, all(&node.expr)),
        Expr::Field(node) => (&node.attrs, all(&node.base)),
        Expr::Group(node) => (&node.attrs, all(&node.expr)),
        Expr::Index(node) => (&node.attrs, all(&node.expr) && all(&node.index)),
        Expr::Lit(node) => (&node.attrs, true),
        Expr::MethodCall(node) => (
            &node.attrs,
            all(&node.receiver) && node.args.iter().all(all),
        ),
        Expr::Paren(node) => (&node.attrs, all(&node.expr)),
        Expr::Path(node) => (&node.attrs, true),
        Expr::Reference(node) => (&node.attrs, all(&node.expr)),
        Expr::Struct(node) => (
            &node.attrs,
            node.rest.is_none()
                && (node.fields.iter()).all(|field| field.attrs.is_empty() && all(&field.expr)),
        ),
        Expr::Try(node) => (&node.attrs, all(&node.expr)),
        Expr::Tuple(node) => (&node.attrs, node.elems.iter().all(all)),
        Expr::Unary(node) => (&node.attrs, all(&node.expr)),
        _ => return false,
    };
    attrs.is_empty() && at_once
}

impl Lower<'_> {
    /// Input: `yield v`.
    ///
    /// Output: `__body.frame(if false { break 'body __body.never() }).await.yield_(v).await`.
    ///
    /// The `break` is never reached. It is there so that a yield that ends up elsewhere than in its
    /// body, in a closure say that a macro made, does not compile.
    ///
    /// The frame is that of the poll that runs. If the body might be suspended in `v`, that comes first:
    /// `match v { __value => ..yield_(__value).await }`.
    pub(super) fn yields(&mut self, node: &ExprYield) -> Expr {
        let span = at(node.yield_token.span);
        let unit = parse_quote_spanned!(span=> ());
        let value = operand(node.expr.as_deref().unwrap_or(&unit));
        let attrs = &node.attrs;
        self.scope.uses.label = true;
        let label = &self.scope.label;
        let body = self.body_at(span);
        let frame = quote_spanned! {span=>
            #body.frame(if false { break #label #body.never() }).await
        };
        if is_evaluated_at_once(&value) {
            return parse_quote_spanned!(span=> #(#attrs)* #frame.yield_(#value).await);
        }
        // A type that does not fit is shown where the user wrote the value.
        let name = quote_spanned!(at(value.span())=> __value);
        let arm = parse_quote_spanned!(span=> #name => #frame.yield_(#name).await);
        let value = hoisted(&value, arm, span);
        parse_quote_spanned!(span=> #(#attrs)* #value)
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
    ///
    /// Where the stream may be an argument that nothing else names, and that stays where it is:
    ///
    /// ```text
    /// let __source = __body.source(__stream, &mut __argument0);
    /// let mut __source = pin!(__source);
    /// let mut __stream = __body.stream(&mut __source);
    /// ```
    pub(super) fn for_await(&mut self, node: &ExprForLoop) -> Expr {
        let span = at(node.for_token.span);
        let krate = &self.names.krate;
        let ExprForLoop { label, pat, .. } = node;
        let stream = operand(&node.expr);
        // What is no stream is told of where it stands.
        let head = at(stream.span());
        let body = self.body_at(head);
        let next = quote_spanned!(head=> #body.next(&mut __stream).await);
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
            #label while let #krate::__private::Some(__item) = #next {
                let #pat = __item;
                #(#statements)*
            }
        };
        let mut stream = stream.into_owned();
        let stream_name = Ident::new("__stream", given(span));
        let pinned = match self.places.iter().position(|place| place.is(&stream)) {
            None => {
                quote_spanned!(span=> let mut __stream = #krate::__private::pin!(#stream_name);)
            }
            Some(index) => {
                let place = self.places.swap_remove(index);
                let (argument, source) = (&place.variable, Ident::new("__source", given(span)));
                if place.argument == "self" {
                    // No variable can be called `self`, so there is no other one.
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
        let stream = hoisted(&stream, arm, span);
        parse_quote_spanned!(span=> #(#attrs)* #stream)
    }

    /// Input: `future.await`.
    ///
    /// Output: `__body.wait(future).await`.
    pub(super) fn awaits(&mut self, node: &ExprAwait) -> Expr {
        // Named where the user wrote `.await`, so that the compiler tells once what is no future.
        let wait = Ident::new("wait", node.await_token.span);
        let span = at(node.await_token.span);
        let body = self.right_at(span);
        let future = operand(&node.base);
        let wait = parse_quote_spanned!(span=> #body.#wait(#future));
        Expr::Await(ExprAwait {
            base: Box::new(wait),
            ..node.clone()
        })
    }
}
