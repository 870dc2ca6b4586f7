//! What a macro of the standard library is given.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote_spanned};
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut as _;
use syn::{
    Attribute, Expr, ExprAwait, ExprCall, ExprMacro, ExprYield, Macro, parse_quote_spanned, token,
};

use super::Lower;
use super::suspension::Yield;
use crate::foreign::{is_punct, with_stream};
use crate::known::operands::with_operands;
use crate::names::{at, given};
use crate::region::Region;

impl Lower<'_> {
    /// Input: `println!("{}", a.await)`.
    ///
    /// Output: `println!("{}", __await0!(a))`, and for an operand that holds a region
    ///
    /// ```text
    /// {
    ///     macro_rules! __operand1 { () => { __body.here(..).attempt(..).await } }
    ///     println!("{}", __operand1!())
    /// }
    /// ```
    ///
    /// The macro that is called `println!` is given the names of macros, instead of what they expand to.
    /// That compiles in this body only.
    pub(super) fn operands(&mut self, call: &Macro, node: &ExprCall) -> Expr {
        let handed = std::mem::replace(&mut self.scope.handed, true);
        let mut macros = TokenStream::new();
        let mut operands = Vec::new();
        for (index, mut operand) in node.args.iter().cloned().enumerate() {
            let named = holds_region(&operand);
            self.visit_expr_mut(&mut operand);
            let mut operand = operand.into_token_stream();
            if named {
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

    /// Input: `future.await`, in what another macro is given.
    ///
    /// Output: `__await0!(future)`, and the macro that this calls.
    pub(super) fn handed_await(&mut self, node: &ExprAwait) -> Expr {
        let keyword = node.await_token.span;
        let future = quote_spanned!(at(keyword)=> $argument);
        let waits = self.waits(&future, keyword);
        let argument = self.operand(&node.base);
        self.handed_macro("await", keyword, &waits, &node.attrs, &argument)
    }

    /// Input: `yield v`, in what another macro is given.
    ///
    /// Output: `__yield0!(v)`, and the macro that this calls. Not `yield_!`, which a body may define anew.
    pub(super) fn handed_yield(&mut self, node: &ExprYield) -> Expr {
        let keyword = node.yield_token.span;
        let value = quote_spanned!(at(keyword)=> $argument);
        self.scope.uses.label = true;
        let yields = Yield {
            names: self.names,
            label: &self.scope.label,
            value,
            at_once: false,
            is_item: self.yields_item(node),
            sends_value: self.args.sends_value(),
            keyword,
        };
        let yields = yields.tokens();
        let unit = parse_quote_spanned!(given(keyword)=> ());
        let argument = self.operand(node.expr.as_deref().unwrap_or(&unit));
        self.handed_macro("yield", keyword, &yields, &node.attrs, &argument)
    }

    /// Input: what a macro is to expand to, of `$argument`.
    ///
    /// Output: the call of that macro. It has the user's own span, and so rustc shows what is wrong with its
    /// value there.
    fn handed_macro(
        &mut self,
        name: &str,
        keyword: Span,
        expansion: &TokenStream,
        attrs: &[Attribute],
        argument: &Expr,
    ) -> Expr {
        let handed = &mut self.scope.handed_macros;
        let name = format_ident!("__{name}{}", handed.len(), span = keyword);
        handed.push(quote_spanned! {at(keyword)=>
            #[allow(unused_macros)]
            macro_rules! #name { ($argument:expr) => { #expansion } }
        });
        parse_quote_spanned!(keyword=> #(#attrs)* #name!(#argument))
    }
}

/// Whether there is a region of the body in an operand.
fn holds_region(operand: &Expr) -> bool {
    struct Regions(bool);
    impl<'ast> Visit<'ast> for Regions {
        fn visit_expr_try_block(&mut self, node: &'ast syn::ExprTryBlock) {
            self.0 |= Region::of(node).is_some();
            visit::visit_expr_try_block(self, node);
        }
    }
    let mut regions = Regions(false);
    regions.visit_expr(operand);
    regions.0
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
