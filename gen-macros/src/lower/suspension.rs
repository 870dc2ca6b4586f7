//! The places where a body may be suspended: yields, awaits, and the async for.

use std::borrow::Cow;

use proc_macro2::Span;
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

impl Lower<'_> {
    /// Input: `yield v`.
    ///
    /// Output: `__body.yield_(v, if false { break 'body __body.never() }).await`.
    ///
    /// The `break` is never reached. It is there so that a yield that ends up elsewhere than in its
    /// body, in a closure say that a macro made, does not compile.
    pub(super) fn yields(&mut self, node: &ExprYield) -> Expr {
        self.scope.visible_yield = true;
        let span = at(node.yield_token.span);
        let label = &self.scope.label;
        let body = self.body_at(span);
        let unit = parse_quote_spanned!(span=> ());
        let value = operand(node.expr.as_deref().unwrap_or(&unit));
        let attrs = &node.attrs;
        parse_quote_spanned! {span=>
            #(#attrs)*
            #body.yield_(#value, if false { break #label #body.never() }).await
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
