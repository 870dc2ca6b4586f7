//! `return`, `break` and `continue`, which may leave regions.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::spanned::Spanned as _;
use syn::token::Paren;
use syn::{Expr, ExprBreak, ExprParen, ExprReturn, parse_quote_spanned};

use super::Lower;
use super::tail::is_result;
use crate::body::async_block::in_braces;
use crate::body::jump::{Jump, JumpKind, Leaving};
use crate::names::{generated_at, is_next};

impl Lower<'_> {
    /// Input: `return`, `return r`, `return Err(e)`.
    ///
    /// Output: `return Ok(())`, `return Ok(__body.returned(r))`, `return Err(e)` in a body that throws, and
    /// `return __body.ended(r)` in one that declares no return value.
    pub(super) fn returns(&self, node: &mut ExprReturn) {
        let span = self.span_at(node.span());
        let rt = &self.names.rt;
        if self.args.throws.is_none() {
            if let Some(value) = &mut node.expr {
                **value = self.checked_end(value);
            }
            return;
        }
        let value = node.expr.take();
        node.expr = Some(match value {
            None => {
                // Coverage counts the `()` that the braces evaluate to.
                let unit = in_braces(TokenStream::new(), node.return_token.span);
                parse_quote_spanned!(span=> #rt::Ok(#unit))
            }
            Some(value) if is_result(&value) => value,
            Some(value) => {
                let value = self.checked_end(&self.operand(&value));
                parse_quote_spanned!(span=> #rt::Ok(#value))
            }
        });
    }

    /// Input: a value that the body ends with, at its end or by a `return`.
    ///
    /// Output: `__body.returned(value)`, whose signature names the fix if the type does not fit. Only for expressions
    /// whose type is not inferred from their use.
    pub(super) fn checked_end(&self, value: &Expr) -> Expr {
        let is_known = is_assigning(value)
            || matches!(
                value,
                Expr::Array(_)
                    | Expr::Await(_)
                    | Expr::Binary(_)
                    | Expr::Call(_)
                    | Expr::Cast(_)
                    | Expr::Field(_)
                    | Expr::Index(_)
                    | Expr::Lit(_)
                    | Expr::MethodCall(_)
                    | Expr::Path(_)
                    | Expr::Reference(_)
                    | Expr::Struct(_)
                    | Expr::Tuple(_)
                    | Expr::Unary(_)
            );
        let method = match (self.args.returns_nothing(), &self.args.throws) {
            (true, _) => "ended",
            (false, Some(_)) => "returned",
            (false, None) => return value.clone(),
        };
        // Tokens that another macro receives do not contain the right to yield.
        if !is_known || self.scope.handed {
            return value.clone();
        }
        let span = generated_at(value.span());
        let (body, method) = (self.body_at(span), Ident::new(method, span));
        parse_quote_spanned!(span=> #body.#method(#value))
    }

    /// Input: `break 'label {..}`, which a yield became.
    ///
    /// Output: `break 'label ({..})`, for the lint `break_with_label_and_loop`.
    pub(super) fn break_value(&self, node: &mut ExprBreak) {
        if let (Some(_), Some(value)) = (&node.label, &mut node.expr) {
            if let Expr::Block(_) = **value {
                let paren_token = Paren(self.span_at(value.span()));
                let expr = value.clone();
                **value = Expr::Paren(ExprParen {
                    attrs: Vec::new(),
                    paren_token,
                    expr,
                });
            }
        }
    }

    /// Input: `return v`, `break 'label v`, `continue`.
    ///
    /// Output: `return Ok(Either::Right(v))`. `None` if the jump does not leave this region.
    pub(super) fn leaves(&self, jump: &Jump, expr: &Expr) -> Option<Expr> {
        let leaving = &self.scope.leaving;
        let index = leaving.iter().position(|leaving| leaving.jump == *jump)?;
        let (attrs, span, value) = match expr {
            Expr::Return(node) => (&node.attrs, node.return_token.span, node.expr.as_deref()),
            Expr::Break(node) => (&node.attrs, node.break_token.span, node.expr.as_deref()),
            Expr::Continue(node) => (&node.attrs, node.continue_token.span, None),
            _ => return None,
        };
        let span = self.span_at(span);
        let unit = parse_quote_spanned!(span=> ());
        let value = self.operand(value.unwrap_or(&unit));
        let exit = self.leave(index, leaving.len(), &quote_spanned!(span=> #value), span);
        let exit = self.fallible(exit, span);
        Some(parse_quote_spanned!(span=> #(#attrs)* return #exit))
    }

    /// Encodes jump `index` of `count`, in a pattern or an expression. The normal end is `Either::Left`.
    pub(super) fn leave(
        &self,
        index: usize,
        count: usize,
        value: &TokenStream,
        span: Span,
    ) -> TokenStream {
        let rt = &self.names.rt;
        let value = self.names.either(index, count, value, span);
        quote_spanned!(span=> #rt::Either::Right(#value))
    }

    /// `value`, or `Ok(value)` in a body that throws.
    pub(super) fn fallible(&self, value: TokenStream, span: Span) -> TokenStream {
        let rt = &self.names.rt;
        if self.args.throws.is_none() {
            return value;
        }
        quote_spanned!(span=> #rt::Ok(#value))
    }

    /// Makes the arms that repeat the jumps out of a region outside of it: `Either::Right(__value) => return __value`. If
    /// the region around is left by the same jumps, one arm passes the value on.
    pub(super) fn replay(
        &self,
        leaving: &[Leaving],
        pattern: impl Fn(TokenStream) -> TokenStream,
        span: Span,
    ) -> Vec<TokenStream> {
        let jumps = |leaving: &[Leaving]| -> Vec<Jump> {
            leaving.iter().map(|leaving| leaving.jump.clone()).collect()
        };
        let same = jumps(&self.scope.leaving) == jumps(leaving);
        if same && leaving.len() > 1 {
            let rt = &self.names.rt;
            let exit = quote_spanned!(span=> #rt::Either::Right(__exit));
            let (pattern, exit) = (pattern(exit.clone()), self.fallible(exit, span));
            return vec![quote_spanned!(span=> #pattern => return #exit,)];
        }
        let arm = |(index, leaving_by): (usize, &Leaving)| {
            let Leaving { jump, label, value } = leaving_by;
            // rustc reports a type that does not fit at the user's value.
            let value = match jump.kind {
                JumpKind::Return if self.args.throws.is_some() => {
                    Some(value.map_or(span, generated_at))
                }
                _ => value.map(generated_at),
            };
            let unit = || quote_spanned!(span=> ());
            let value = value.map(|span| quote_spanned!(span=> __value));
            let pattern = pattern(self.leave(
                index,
                leaving.len(),
                &value.clone().unwrap_or_else(unit),
                span,
            ));
            let repeated: Expr = match jump.kind {
                JumpKind::Return => parse_quote_spanned!(span=> return #value),
                JumpKind::Break => parse_quote_spanned!(span=> break #label #value),
                JumpKind::Continue => parse_quote_spanned!(span=> continue #label),
            };
            let jump = self.leaves(jump, &repeated).unwrap_or(repeated);
            // The lint fires in generated code too.
            let allow = matches!(jump, Expr::Continue(_))
                .then(|| quote_spanned!(span=> #[allow(clippy::needless_continue)]));
            quote_spanned!(span=> #allow #pattern => #jump,)
        };
        leaving.iter().enumerate().map(arm).collect()
    }
}

/// Returns whether an expression is a lowered await, which assigns a place.
fn is_assigning(expr: &Expr) -> bool {
    match expr {
        Expr::Match(node) => {
            matches!(&node.arms[..], [arm] if is_next(&arm.pat))
        }
        _ => false,
    }
}
