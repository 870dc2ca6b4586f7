//! What a macro of the standard library is given.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote_spanned};
use syn::visit_mut::VisitMut as _;
use syn::{Expr, ExprCall, ExprMacro, Macro, parse_quote_spanned};

use super::Lower;
use crate::foreign::{is_punct, with_stream};
use crate::known::operands::with_operands;
use crate::names::at;

impl Lower<'_> {
    /// Input: `println!("{}", a.await)`.
    ///
    /// Output: `println!("{}", __await!(a))`.
    ///
    /// The macro is given no right of the body's. What needs one is a macro of its own, and holds what it
    /// takes to compile in the body only:
    ///
    /// ```text
    /// {
    ///     macro_rules! __operand1 { () => { __body.here(..).attempt(async { .. }).await } }
    ///     println!("{:?}", __operand1!())
    /// }
    /// ```
    pub(super) fn operands(&mut self, call: &Macro, node: &ExprCall) -> Expr {
        let span = at(node.paren_token.span.join());
        let handed = std::mem::replace(&mut self.scope.handed, true);
        let mut macros = TokenStream::new();
        let mut operands = Vec::new();
        for (index, mut operand) in node.args.iter().cloned().enumerate() {
            self.visit_expr_mut(&mut operand);
            let mut operand = operand.into_token_stream();
            if self.holds_right(&operand) {
                let name = format_ident!("__operand{index}", span = span);
                let escaped = escape(operand, span);
                macros
                    .extend(quote_spanned!(span=> macro_rules! #name { ($d:tt) => { #escaped } }));
                operand = quote_spanned!(span=> #name!($));
            }
            operands.push(operand);
        }
        self.scope.handed = handed;
        let Expr::Macro(ExprMacro { attrs, .. }) = &*node.func else {
            unreachable!("`called` gives the macro of such a node")
        };
        let call = with_operands(call, &operands);
        if macros.is_empty() {
            let attrs = attrs.clone();
            return Expr::Macro(ExprMacro { attrs, mac: call });
        }
        parse_quote_spanned!(span=> #(#attrs)* { #macros #call })
    }

    fn holds_right(&self, tokens: &TokenStream) -> bool {
        tokens.clone().into_iter().any(|token| match token {
            TokenTree::Group(group) => self.holds_right(&group.stream()),
            TokenTree::Ident(ident) => ident == self.names.body,
            _ => false,
        })
    }
}

/// Input: tokens, with `$` in them where they define macros.
///
/// Output: the same in a `macro_rules!` whose parameter `$d` is a `$`.
fn escape(tokens: TokenStream, span: Span) -> TokenStream {
    let mut output = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                output.extend([with_stream(&group, escape(group.stream(), span))]);
            }
            token if is_punct(&token, '$') => output.extend(quote_spanned!(span=> $d)),
            token => output.extend([token]),
        }
    }
    output
}
