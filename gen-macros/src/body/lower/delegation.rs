//! `yield_from!`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote_spanned};
use syn::spanned::Spanned as _;
use syn::visit_mut::VisitMut as _;
use syn::{Expr, Lifetime, parse_quote_spanned};

use super::Lower;
use super::block::Block;
use super::suspension::Yield;
use crate::args::Args;
use crate::body::node::Delegation;
use crate::kind::Kind;
use crate::names::{Names, generated_at, located_call};

/// Output: `__body.delegate(inner, if false { break 'body __body.never() }).await`. In a regular generator,
/// `__body.inner(inner)` stands for `inner`.
///
/// The `break` is never reached. It keeps a delegation that some macro moved into a closure from compiling.
pub(super) fn delegates(
    inner: &TokenStream,
    args: &Args,
    names: &Names,
    label: &Lifetime,
    [keyword, head]: [Span; 2],
) -> TokenStream {
    let scope = names.scope_check(label, generated_at(keyword));
    // rustc reports at the operand, once, that its types do not fit.
    let span = generated_at(head);
    let body = names.body_at(span);
    let delegate = if args.sends_value() {
        "delegate_sending"
    } else {
        "delegate"
    };
    let inner = match args.kind {
        Kind::Async => inner.clone(),
        Kind::Regular => quote_spanned!(span=> #body.inner(#inner)),
    };
    let delegate = located_call(delegate, &quote_spanned!(span=> #inner, #scope), keyword);
    quote_spanned!(span=> #body.#delegate.await)
}

impl Lower<'_> {
    /// Input: `yield_from!(generator)`.
    ///
    /// Output: [`delegates`], what [`assigning`](Lower::assigning) makes of it, and `?` in a body that throws.
    pub(super) fn delegation(&mut self, delegation: Delegation) -> Expr {
        let Delegation {
            attrs,
            mut inner,
            keyword,
        } = delegation;
        self.visit_expr_mut(&mut inner);
        self.delegates = true;
        self.scope.uses.label = true;
        let span = generated_at(keyword);
        let operand = self.operand(&inner);
        let value = if self.scope.handed {
            quote_spanned!(span=> $argument)
        } else {
            operand.to_token_stream()
        };
        let spans = [keyword, inner.span()];
        let awaited = delegates(&value, self.args, self.names, &self.scope.label, spans);
        let value = self.assigning(&awaited, keyword);
        let fails = self.args.throws.as_ref();
        let fails = fails.map(|_| quote_spanned!(span=> ?));
        if self.scope.handed {
            let expansion = quote_spanned!(span=> #value #fails);
            return self.handed_macro("delegate", keyword, &expansion, &attrs, &operand);
        }
        parse_quote_spanned!(span=> #(#attrs)* #value #fails)
    }
}

impl Block {
    /// Input: `yield_from!(generator)` in the tokens of another macro.
    ///
    /// Output: the macro that is called when that macro is expanded, as for yields.
    pub(super) fn yield_from_macro(&self, args: &Args, names: &Names) -> TokenStream {
        let span = Span::mixed_site();
        let fails = args.throws.as_ref().map(|_| quote_spanned!(span=> ?));
        let inner = quote_spanned!(span=> $generator);
        let delegates = delegates(&inner, args, names, &self.scope.label, [span; 2]);
        let name = Ident::new("yield_from", Span::call_site());
        quote_spanned! {span=>
            #[allow(unused_macros)]
            macro_rules! #name {
                ($generator:expr) => { match #delegates { __next => __next.0 } #fails };
            }
        }
    }

    /// The same for `yield_all!(stream)`.
    pub(super) fn yield_all_macro(&self, args: &Args, names: &Names) -> TokenStream {
        let span = Span::mixed_site();
        let Names {
            krate, rt, body, ..
        } = names;
        let value = if args.throws.is_some() {
            quote_spanned!(span=> #body.forwarded(__item)?)
        } else {
            quote_spanned!(span=> __item)
        };
        let yields = Yield {
            names,
            label: &self.scope.label,
            value,
            place: None,
            is_fresh: false,
            is_item: false,
            sends_value: args.sends_value(),
            keyword: span,
        };
        let yields = yields.tokens();
        let [name, stream] =
            ["yield_all", "__stream"].map(|name| Ident::new(name, Span::call_site()));
        let rounds = match args.kind {
            Kind::Regular => quote_spanned! {span=>
                {
                    #[allow(for_loops_over_fallibles)]
                    for __item in $stream { let _ = #yields; }
                }
            },
            Kind::Async => quote_spanned! {span=>
                match $stream {
                    #stream => {
                        let mut __stream = #krate::__private::pin!(#stream);
                        while let #rt::Some(__item) =
                            match #body.next(&mut __stream).await { __next => __next.0 }
                        {
                            let _ = #yields;
                        }
                    }
                }
            },
        };
        quote_spanned! {span=>
            #[allow(unused_macros)]
            macro_rules! #name {
                ($stream:expr) => { #rounds };
            }
        }
    }
}
