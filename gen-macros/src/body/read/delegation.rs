//! Delegation: `yield_from!` and `yield_all!`.

use proc_macro2::{Ident, Span};
use quote::quote_spanned;
use syn::spanned::Spanned as _;
use syn::token::Paren;
use syn::visit_mut::VisitMut as _;
use syn::{Attribute, Expr, ExprBlock, ExprForLoop, ExprParen, Macro, Stmt, parse_quote_spanned};

use super::Read;
use crate::body::node::{Delegation, Node};
use crate::body::scope::Scope;
use crate::kind::Kind;
use crate::names::generated_at;

impl Read<'_> {
    /// Parses the operand of a delegation, and checks that it may be here.
    fn delegate(&mut self, name: &Ident, mac: &Macro) -> Option<Expr> {
        if self.scope != Scope::Body {
            self.misplaced(name.span(), &format!("`{name}!`"));
        }
        let operand = mac.parse_body::<Expr>().map_err(|error| {
            let message = format!("expected one expression in `{name}!`");
            syn::Error::new(error.span(), message)
        });
        self.errors.ok(operand)
    }

    /// Input: `yield_from!(generator)`.
    pub(super) fn yield_from(
        &mut self,
        name: &Ident,
        mac: &Macro,
        attrs: &[Attribute],
    ) -> Option<Expr> {
        let mut inner = self.delegate(name, mac)?;
        let mut attrs = attrs.to_vec();
        self.visit_attributes_mut(&mut attrs);
        self.visit_expr_mut(&mut inner);
        let keyword = name.span();
        let delegation = Delegation {
            attrs,
            inner,
            keyword,
        };
        Some(self.nodes.add(Node::Delegation(delegation), keyword))
    }

    /// Input: `yield_all!(stream)`.
    ///
    /// Output: `#[for_await] for __item in stream { yield __item; }`, and a plain `for` in a block in a regular generator. In
    /// a body that throws, it yields `__body.forwarded(__item)?`, since the items may be `Result`s.
    pub(super) fn yield_all(
        &mut self,
        name: &Ident,
        mac: &Macro,
        attrs: &[Attribute],
    ) -> Option<Expr> {
        let stream = self.delegate(name, mac)?;
        if self.scope != Scope::Body {
            return Some(stream);
        }
        let is_async = self.origin.kind == Kind::Async;
        if self.handed {
            // It would hand the right to yield to the macro.
            let message = "`yield_all!` is not supported in a macro; put it before the macro";
            self.errors.at(name.span(), message);
            return Some(stream);
        }
        let (span, head) = (generated_at(name.span()), generated_at(stream.span()));
        let item = Ident::new("__item", head);
        let value: Expr = if self.throws {
            let body = self.names.body_at(head);
            parse_quote_spanned!(head=> #body.forwarded(#item)?)
        } else {
            parse_quote_spanned!(head=> #item)
        };
        let ignores = self.sends_value.then(|| quote_spanned!(span=> let _ =));
        let attr: Attribute = if is_async {
            parse_quote_spanned!(span=> #[for_await])
        } else {
            // rustc warns about a loop over an `Option`.
            parse_quote_spanned!(span=> #[allow(for_loops_over_fallibles)])
        };
        let mut rounds: ExprForLoop =
            parse_quote_spanned!(span=> #attr for #item in () { #ignores yield #value; });
        // Not in the quotation: the parser would read the braces of a struct literal as those of the loop.
        *rounds.expr = as_head(stream, span);
        if is_async {
            rounds.attrs.splice(0..0, attrs.iter().cloned());
            return Some(Expr::ForLoop(rounds));
        }
        // In a block, since an expression has no attributes.
        let mut block: ExprBlock = parse_quote_spanned!(span=> #(#attrs)* {});
        block.block.stmts = vec![Stmt::Expr(Expr::ForLoop(rounds), None)];
        Some(Expr::Block(block))
    }
}

/// Makes an operand the head of a loop: removes parentheses, and puts generated ones around braces, so that
/// `unused_parens` and `unused_braces` do not fire.
fn as_head(operand: Expr, span: Span) -> Expr {
    match operand {
        Expr::Paren(inner) if inner.attrs.is_empty() => as_head(*inner.expr, span),
        Expr::Block(_) | Expr::Struct(_) => Expr::Paren(ExprParen {
            attrs: Vec::new(),
            paren_token: Paren(span),
            expr: Box::new(operand),
        }),
        operand => operand,
    }
}
