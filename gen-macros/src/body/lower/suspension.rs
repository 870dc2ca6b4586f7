//! The suspension points of a body: yields, awaits, and loops over streams.

use std::borrow::Cow;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote_spanned};
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{
    AttrStyle, Attribute, BinOp, Expr, ExprAwait, ExprForLoop, ExprYield, Lifetime, Token,
    parse_quote_spanned,
};

use super::Lower;
use super::tail::is_item;
use crate::body::in_braces;
use crate::names::{Names, at, given};
use crate::syntax::bind_in_match::bind_in_match;

/// Returns whether the body is certainly not suspended while it evaluates a lowered expression.
///
/// Only expressions that cannot hide an await: no macros, no blocks (attribute macros on their items may make
/// statements of them), and nothing that drops a value before the end.
fn is_evaluated_at_once(expr: &Expr) -> bool {
    struct AtOnce(bool);
    impl<'ast> Visit<'ast> for AtOnce {
        fn visit_expr(&mut self, expr: &'ast Expr) {
            self.0 &= match expr {
                Expr::Binary(node) => !matches!(node.op, BinOp::And(_) | BinOp::Or(_)),
                Expr::Struct(node) => node.rest.is_none(),
                #[rustfmt::skip]
                Expr::Array(_) | Expr::Call(_) | Expr::Cast(_) | Expr::Field(_) | Expr::Group(_)
                | Expr::Index(_) | Expr::Lit(_) | Expr::MethodCall(_) | Expr::Paren(_) | Expr::Path(_)
                | Expr::Reference(_) | Expr::Try(_) | Expr::Tuple(_) | Expr::Unary(_) => true,
                _ => false,
            };
            visit::visit_expr(self, expr);
        }

        fn visit_attribute(&mut self, _: &'ast Attribute) {
            self.0 = false;
        }

        fn visit_macro(&mut self, _: &'ast syn::Macro) {
            self.0 = false;
        }
    }
    let mut at_once = AtOnce(true);
    at_once.visit_expr(expr);
    at_once.0
}

/// A yield that is being lowered.
pub(super) struct Yield<'a> {
    pub(super) names: &'a Names,
    /// The label of its body or region.
    pub(super) label: &'a Lifetime,
    pub(super) value: TokenStream,
    /// Whether the body is certainly not suspended while it evaluates the value.
    pub(super) at_once: bool,
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
    ///     let __yield = __body.frame(if false { break 'body __body.never() }).await.yield_(v);
    ///     __yield.await;
    /// }
    /// ```
    ///
    /// The `break` is never reached. It keeps a yield that some macro moved into a closure from compiling.
    ///
    /// The frame is that of the current poll. If the body might be suspended in `v`, `v` is evaluated before, by
    /// `let __value = __body.value(v);`.
    ///
    /// In a body that throws, `Ok(v)` and `Err(e)` are left in the frame unchanged, by `yield_item` and `item`.
    ///
    /// The temporaries of `v` are dropped at the end of the `let`, before the body is suspended. No item can borrow
    /// from them, since its type is declared outside of the body.
    ///
    /// The braces have the span of the user's yield, so that rustc reports a mismatched type there, and coverage counts
    /// the `()` that the block evaluates to. If a value is sent, the block ends in `let __sent = __yield.await; __sent`,
    /// which coverage counts.
    pub(super) fn tokens(&self) -> TokenStream {
        let Yield {
            names,
            label,
            value,
            keyword,
            ..
        } = self;
        let span = at(*keyword);
        let body = names.body_at(span);
        let frame =
            quote_spanned!(span=> #body.frame(if false { break #label #body.never() }).await);
        let [yields, given] = if self.is_item {
            ["yield_item", "item"]
        } else {
            ["yield_", "value"]
        }
        .map(|name| Ident::new(name, span));
        let mut content = if self.at_once {
            quote_spanned!(span=> let __yield = #frame.#yields(#value);)
        } else {
            quote_spanned! {span=>
                let __value = #body.#given(#value);
                let __yield = #frame.#yields(__value);
            }
        };
        content.extend(if self.sends_value {
            let sent = Ident::new("__sent", *keyword);
            quote_spanned!(span=> let #sent = __yield.await; #sent)
        } else {
            quote_spanned!(span=> __yield.await;)
        });
        in_braces(content, *keyword).into_token_stream()
    }
}

impl Lower<'_> {
    /// Makes an operand the argument of a method: removes parentheses, and gives braces a generated span, so that
    /// `unused_parens` and `unused_braces` do not fire.
    pub(super) fn operand<'e>(&self, expr: &'e Expr) -> Cow<'e, Expr> {
        match expr {
            Expr::Paren(inner) if inner.attrs.is_empty() => self.operand(&inner.expr),
            Expr::Block(block) => {
                let mut block = block.clone();
                let brace = block.block.brace_token.span.join();
                block.block.brace_token = syn::token::Brace(self.at(brace));
                Cow::Owned(Expr::Block(block))
            }
            _ => Cow::Borrowed(expr),
        }
    }

    /// Input: `yield v`.
    ///
    /// Output: see [`Yield::tokens`].
    pub(super) fn yields(&mut self, node: &ExprYield) -> Expr {
        let unit = parse_quote_spanned!(at(node.yield_token.span)=> ());
        let value = self.operand(node.expr.as_deref().unwrap_or(&unit));
        let at_once = is_evaluated_at_once(&value);
        let yields = self.yield_of(node, value.to_token_stream(), at_once);
        let attrs = &node.attrs;
        parse_quote_spanned!(at(node.yield_token.span)=> #(#attrs)* #yields)
    }

    /// Lowers a yield, of this value.
    pub(super) fn yield_of(
        &mut self,
        node: &ExprYield,
        value: TokenStream,
        at_once: bool,
    ) -> TokenStream {
        self.scope.uses.label = true;
        let yields = Yield {
            names: self.names,
            label: &self.scope.label,
            value,
            at_once,
            is_item: self.args.throws.is_some() && node.expr.as_deref().is_some_and(is_item),
            sends_value: self.args.sends_value(),
            keyword: node.yield_token.span,
        };
        yields.tokens()
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
        let span = at(node.for_token.span);
        let Names { krate, rt, .. } = self.names;
        let ExprForLoop { label, pat, .. } = node;
        let stream = self.operand(&node.expr);
        // rustc reports at the head that it is not a stream.
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
            #label while let #rt::Some(__item) = #next {
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
    /// Output: `__body.wait(future).await`.
    pub(super) fn awaits(&mut self, node: &ExprAwait) -> Expr {
        let future = self.operand(&node.base).to_token_stream();
        let span = at(node.await_token.span);
        let wait = self.wait(&future, node.await_token.span);
        Expr::Await(ExprAwait {
            base: Box::new(parse_quote_spanned!(span=> #wait)),
            ..node.clone()
        })
    }

    /// Input: a future.
    ///
    /// Output: `__body.wait(future)`. The method's name has the span of the user's `.await`, so that rustc reports once
    /// that something is not a future.
    fn wait(&mut self, future: &TokenStream, keyword: Span) -> TokenStream {
        let span = at(keyword);
        let wait = Ident::new("wait", keyword);
        let body = self.right_at(span);
        quote_spanned!(span=> #body.#wait(#future))
    }

    /// The same, and its `.await`.
    pub(super) fn waits(&mut self, future: &TokenStream, keyword: Span) -> TokenStream {
        let wait = self.wait(future, keyword);
        let span = at(keyword);
        let keyword = Token![await](keyword);
        quote_spanned!(span=> #wait.#keyword)
    }
}
