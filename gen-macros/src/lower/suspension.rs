//! The places where a body may be suspended: yields, awaits, and the async for.

use std::borrow::Cow;

use proc_macro2::Span;
use quote::quote_spanned;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{AttrStyle, Attribute, Expr, ExprForLoop, ExprYield, parse_quote_spanned};

use super::{Lower, at};

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

/// Whether a lowered expression may be suspended: it awaits, or a macro may do so.
fn may_await(expr: &Expr) -> bool {
    struct Search(bool);
    impl<'ast> Visit<'ast> for Search {
        fn visit_expr(&mut self, node: &'ast Expr) {
            self.0 |= matches!(node, Expr::Await(_) | Expr::Macro(_) | Expr::Verbatim(_));
            visit::visit_expr(self, node);
        }

        fn visit_macro(&mut self, _: &'ast syn::Macro) {
            self.0 = true;
        }
    }
    let mut search = Search(false);
    search.visit_expr(expr);
    search.0
}

impl Lower<'_> {
    /// Input: `yield v`.
    ///
    /// Output: `__body.frame(if false { break 'body __body.never() }).await.yield_(v).await`.
    ///
    /// The `break` is never reached. It is there so that a yield that ends up elsewhere than in its
    /// body, in a closure say that a macro made, does not compile.
    ///
    /// The frame is that of the poll that runs. If `v` may await, it comes first:
    /// `match v { __value => ..yield_(__value).await }`.
    pub(super) fn yields(&mut self, node: &ExprYield) -> Expr {
        self.scope.visible_yield = true;
        let span = at(node.yield_token.span);
        let label = &self.scope.label;
        let body = self.body_at(span);
        let unit = parse_quote_spanned!(span=> ());
        let value = operand(node.expr.as_deref().unwrap_or(&unit));
        let attrs = &node.attrs;
        let frame = quote_spanned! {span=>
            #body.frame(if false { break #label #body.never() }).await
        };
        if may_await(&value) {
            // A type that does not fit is shown where the user wrote the value.
            let name = quote_spanned!(at(value.span())=> __value);
            parse_quote_spanned! {span=>
                #(#attrs)*
                match #value {
                    #name => #frame.yield_(#name).await
                }
            }
        } else {
            parse_quote_spanned!(span=> #(#attrs)* #frame.yield_(#value).await)
        }
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
    pub(super) fn for_await(&self, node: &ExprForLoop) -> Expr {
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
    pub(super) fn awaits(&self, future: &Expr, span: Span) -> Expr {
        let span = at(span);
        let body = self.body_at(span);
        let future = operand(future);
        parse_quote_spanned!(span=> #body.wait(#future))
    }
}
