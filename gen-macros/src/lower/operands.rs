//! What a macro of the standard library is given.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote_spanned};
use syn::visit_mut::VisitMut as _;
use syn::{Expr, ExprCall, ExprMacro, Macro, parse_quote_spanned, token};

use super::Lower;
use crate::foreign::{is_punct, with_stream};
use crate::known::operands::with_operands;
use crate::names::at;

impl Lower<'_> {
    /// Input: `println!("{}", a.await)`.
    ///
    /// Output:
    ///
    /// ```text
    /// {
    ///     macro_rules! __operand1 { () => { __body.here(..).wait(a).await } }
    ///     println!("{}", __operand1!())
    /// }
    /// ```
    ///
    /// Whoever is called `println!` is given nothing that an operand was lowered to, but a name for it.
    /// What it stands for holds what it takes to compile in this body only.
    pub(super) fn operands(&mut self, call: &Macro, node: &ExprCall) -> Expr {
        let handed = std::mem::replace(&mut self.scope.handed, true);
        let mut macros = TokenStream::new();
        let mut operands = Vec::new();
        for (index, mut operand) in node.args.iter().cloned().enumerate() {
            let written = operand.to_token_stream();
            self.visit_expr_mut(&mut operand);
            let mut operand = operand.into_token_stream();
            if operand.to_string() != written.to_string() {
                let span = Span::call_site().located_at(call.delimiter.span().join());
                let name = format_ident!("__operand{index}", span = span);
                let (parameter, argument) = if holds_dollar(&operand) {
                    operand = escape(operand);
                    (quote_spanned!(span=> $d:tt), quote_spanned!(span=> $))
                } else {
                    Default::default()
                };
                // The user's own span: what it holds is of the edition of the user's crate.
                let span = call.delimiter.span().join();
                macros.extend(
                    quote_spanned!(span=> macro_rules! #name { (#parameter) => { #operand } }),
                );
                operand = quote_spanned!(name.span()=> #name!(#argument));
            }
            operands.push(operand);
        }
        self.scope.handed = handed;
        let Expr::Macro(ExprMacro { attrs, .. }) = &*node.func else {
            unreachable!("`called` gives the macro of such a node")
        };
        let call = with_operands(call, &operands);
        let attrs = attrs.clone();
        if macros.is_empty() {
            return Expr::Macro(ExprMacro { attrs, mac: call });
        }
        // How long the temporaries of its value live is for the edition of the user's crate to decide.
        let brace = token::Brace(call.delimiter.span().join());
        let mut block: syn::ExprBlock =
            parse_quote_spanned!(at(brace.span.join())=> { #macros #call });
        block.attrs = attrs;
        block.block.brace_token = brace;
        Expr::Block(block)
    }
}

fn holds_dollar(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match &token {
        TokenTree::Group(group) => holds_dollar(&group.stream()),
        token => is_punct(token, '$'),
    })
}

/// Input: tokens that define macros.
///
/// Output: the same in a `macro_rules!` whose parameter `$d` is a `$`.
fn escape(tokens: TokenStream) -> TokenStream {
    let mut output = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                output.extend([with_stream(&group, escape(group.stream()))]);
            }
            token if is_punct(&token, '$') => {
                output.extend(quote_spanned!(Span::call_site()=> $d));
            }
            token => output.extend([token]),
        }
    }
    output
}
