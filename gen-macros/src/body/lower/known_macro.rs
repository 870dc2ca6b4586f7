//! The operands of a macro of the standard library.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote_spanned};
use syn::visit_mut::VisitMut as _;
use syn::{Attribute, Expr, ExprAwait, ExprMacro, ExprYield, parse_quote_spanned, token};

use super::Lower;
use crate::body::known_macros::with_operands;
use crate::body::node::{Call, Operand};
use crate::names::{self, generated_at, users_at};
use crate::syntax::opaque_macros::{is_punct, with_stream};

impl Lower<'_> {
    /// Input: `println!("{}", a.await)`.
    ///
    /// Output: `println!("{}", __await0!(a))`, and for an operand with a region
    ///
    /// ```text
    /// {
    ///     macro_rules! __operand1 { () => { __body.here(..).attempt(..).await } }
    ///     println!("{}", __operand1!())
    /// }
    /// ```
    ///
    /// The macro receives the names of macros, instead of their expansions. These compile in this body only.
    pub(super) fn known_call(&mut self, call: Call) -> Expr {
        let Call {
            attrs,
            mac,
            operands,
        } = call;
        let handed = std::mem::replace(&mut self.scope.handed, true);
        let mut macros = TokenStream::new();
        let mut lowered = Vec::new();
        for (index, operand) in operands.into_iter().enumerate() {
            let Operand {
                mut expr,
                has_region,
            } = operand;
            self.visit_expr_mut(&mut expr);
            let mut operand = expr.into_token_stream();
            if has_region {
                let span = Span::call_site().located_at(mac.delimiter.span().join());
                let name = names::operand(index, span);
                let (parameter, argument) = if has_dollar(&operand) {
                    operand = escape(operand);
                    (quote_spanned!(span=> $d:tt), quote_spanned!(span=> $))
                } else {
                    Default::default()
                };
                // The user's own span, so that the operand is of the edition of the user's crate.
                let span = mac.delimiter.span().join();
                macros.extend(
                    quote_spanned!(span=> macro_rules! #name { (#parameter) => { #operand } }),
                );
                operand = quote_spanned!(name.span()=> #name!(#argument));
            }
            lowered.push(operand);
        }
        self.scope.handed = handed;
        let mac = with_operands(&mac, &lowered);
        if macros.is_empty() {
            return Expr::Macro(ExprMacro { attrs, mac });
        }
        // The user's own braces: the edition of a block decides how long the temporaries of its value live.
        let brace = token::Brace(mac.delimiter.span().join());
        let mut block: syn::ExprBlock =
            parse_quote_spanned!(generated_at(brace.span.join())=> { #macros #mac });
        block.attrs = attrs;
        block.block.brace_token = brace;
        Expr::Block(block)
    }

    /// Input: `future.await`, in tokens that another macro receives.
    ///
    /// Output: `__await0!(future)`, and the definition of that macro.
    pub(super) fn handed_await(&mut self, node: &ExprAwait) -> Expr {
        let keyword = node.await_token.span;
        let future = quote_spanned!(generated_at(keyword)=> $argument);
        let waits = self.waits(&future, keyword);
        let waits = self.assigning(&waits, keyword);
        let argument = self.operand(&node.base);
        self.handed_macro("await", keyword, &waits, &node.attrs, &argument)
    }

    /// Input: `yield v`, in tokens that another macro receives.
    ///
    /// Output: `__yield0!(v)`, and the definition of that macro. Not `yield_!`, which a body may redefine.
    pub(super) fn handed_yield(&mut self, node: &ExprYield) -> Expr {
        let keyword = node.yield_token.span;
        let yields = self.yield_of(node, quote_spanned!(generated_at(keyword)=> $argument));
        let unit = parse_quote_spanned!(users_at(keyword)=> ());
        let argument = self.operand(node.expr.as_deref().unwrap_or(&unit));
        self.handed_macro("yield", keyword, &yields, &node.attrs, &argument)
    }

    /// Defines a local macro with this `expansion` of `$argument`.
    ///
    /// Output: a call of that macro. It has the user's own span, so that rustc reports a mismatched type there.
    pub(super) fn handed_macro(
        &mut self,
        name: &str,
        keyword: Span,
        expansion: &TokenStream,
        attrs: &[Attribute],
        argument: &Expr,
    ) -> Expr {
        let handed = &mut self.scope.handed_macros;
        let name = format_ident!("__{name}{}", handed.len(), span = keyword);
        handed.push(quote_spanned! {generated_at(keyword)=>
            #[allow(unused_macros)]
            macro_rules! #name { ($argument:expr) => { #expansion } }
        });
        parse_quote_spanned!(keyword=> #(#attrs)* #name!(#argument))
    }
}

fn has_dollar(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match &token {
        TokenTree::Group(group) => has_dollar(&group.stream()),
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
