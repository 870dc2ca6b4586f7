//! `for` loops, which may be over streams.

use proc_macro2::Ident;
use syn::spanned::Spanned as _;
use syn::visit_mut::VisitMut as _;
use syn::{Arm, Attribute, Expr, ExprForLoop, Local, Meta, Stmt, Token, parse_quote_spanned};

use super::Read;
use crate::body::node::Node;
use crate::kind::Kind;
use crate::names::{generated_at, users_at};
use crate::syntax::bind_in_match::bind_in_match;

impl Read<'_> {
    /// Reads a `for` loop that is not a closing one.
    pub(super) fn for_loop(&mut self, node: &mut ExprForLoop) {
        let attrs = std::mem::take(&mut node.attrs);
        let (for_await, mut attrs): (Vec<_>, Vec<_>) = attrs.into_iter().partition(is_for_await);
        for attr in &for_await {
            if !self.scope.is_lowered() {
                self.misplaced(attr.path().span(), "`#[for_await]`");
            } else if self.refuse_await("`#[for_await]`", attr.path().span()) {
                // Reported.
            } else if self.handed {
                // It would hand the right to yield to the macro.
                let message =
                    "`#[for_await]` is not supported in a macro; put the loop before the macro";
                self.errors.at(attr.path().span(), message);
            }
            if !matches!(attr.meta, Meta::Path(_)) && !is_closing(attr) {
                let message = "unknown argument, expected `#[for_await]` or `#[for_await(close)]`";
                self.errors.at(attr.meta.span(), message);
            }
        }
        self.visit_attributes_mut(&mut attrs);
        node.attrs = attrs.into_iter().chain(for_await).collect();
        self.visit_pat_mut(&mut node.pat);
        self.visit_expr_mut(&mut node.expr);
        self.around.enter_loop(node.label.as_ref());
        self.visit_block_mut(&mut node.body);
        self.around.leave_target();
    }

    /// Input: `#[for_await(close)] for pat in generator { .. }`.
    ///
    /// Output, which is read next; `None` for other loops:
    ///
    /// ```text
    /// match generator {
    ///     __stream => {
    ///         let mut __stream = pin!(__stream);
    ///         defer! { __body.closes(&mut __stream).await?; }
    ///         #[for_await] for pat in __body.lend(&mut __stream) { .. }
    ///     }
    /// }
    /// ```
    pub(super) fn closing_loop(&mut self, node: &ExprForLoop) -> Option<Expr> {
        let at = node.attrs.iter().position(is_closing)?;
        // Elsewhere, `for_loop` reports it.
        if !self.scope.is_lowered() || self.handed || self.origin.kind == Kind::Regular {
            return None;
        }
        let span = generated_at(node.for_token.span);
        let head = generated_at(node.expr.span());
        let keyword = node.attrs[at].path().span();
        let body = self.names.body_at(head);
        let name = Ident::new("__stream", users_at(span));
        let stream = parse_quote_spanned!(span=> #name);
        let pinned = self.nodes.add(Node::Pinned(stream), span);
        let fails = self.throws.then(|| quote::quote_spanned!(head=> ?));
        let mut rounds = node.clone();
        // As in `for_loop`, attributes are those of the whole, so that a `#[cfg]` removes all of it.
        let mut attrs = std::mem::take(&mut rounds.attrs);
        let mut for_await = attrs.remove(at);
        for_await.meta = parse_quote_spanned!(keyword=> for_await);
        rounds.attrs.push(for_await);
        // In parentheses of the user's span, for the location of the loop.
        let lent = quote::quote_spanned!(head=> #body.lend(&mut __stream));
        *rounds.expr = parse_quote_spanned!(node.expr.span()=> (#lent));
        let defer = Ident::new("defer", keyword);
        let awaits = Token![await](keyword);
        let mut arm: Arm = parse_quote_spanned! {span=>
            #name => {
                let mut __stream = ();
                #defer! { #body.closes(&mut __stream).#awaits #fails; }
                #rounds
            }
        };
        // Not in the quotation, which the parser reads: it knows no nodes.
        if let Expr::Block(block) = &mut *arm.body {
            if let Some(Stmt::Local(Local {
                init: Some(init), ..
            })) = block.block.stmts.first_mut()
            {
                *init.expr = pinned;
            }
        }
        let mut closing = bind_in_match(&node.expr, arm, span);
        closing.attrs = attrs;
        Some(Expr::Match(closing))
    }
}

fn is_for_await(attr: &Attribute) -> bool {
    attr.path().is_ident("for_await")
}

/// `#[for_await(close)]`
fn is_closing(attr: &Attribute) -> bool {
    match &attr.meta {
        Meta::List(list) if is_for_await(attr) => {
            syn::parse2::<Ident>(list.tokens.clone()).is_ok_and(|word| word == "close")
        }
        _ => false,
    }
}
