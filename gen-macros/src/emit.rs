//! Tokens of a generator.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::parse_quote_spanned;

use crate::args::Args;
use crate::arguments::Arguments;
use crate::input::Function;
use crate::lifetimes;
use crate::lower::{self, Lowered, Names};
use crate::types::Types;

/// Input: the function, and its body lowered; `None` where that has mistakes.
///
/// Output:
///
/// ```text
/// fn countdown(from: u32) -> impl AsyncGenerator<Yield = u32, ..> + FusedStream<Item = u32> {
///     let __body: Body<Plain<u32, (), ()>> = unsafe { Body::new() };
///     __body.generator(async move {
///         let _ = &from;
///         'body: { .. }
///     })
/// }
/// ```
pub(crate) fn function(
    function: Function,
    args: &Args,
    names: &Names,
    lowered: Option<&Lowered>,
) -> TokenStream {
    let span = Span::mixed_site();
    let Function {
        attrs,
        vis,
        mut sig,
        ..
    } = function;
    if lowered.is_none() {
        // The mistakes are told: what else they would lead to is not.
        (sig.constness, sig.abi, sig.variadic) = (None, None, None);
        if sig.ident == "main" {
            return quote_spanned!(span=> fn main() {});
        }
    }
    let mut types = Types::of_function(args, &sig.output);
    sig.asyncness = None;
    let arguments = Arguments::take(&mut sig);
    let output = if args.boxed {
        lifetimes::spell_out(&mut sig, &mut types.all());
        types.boxed(args.local, names)
    } else {
        types.opaque(args, names)
    };
    sig.output = parse_quote_spanned!(span=> -> #output);
    let constructor = match (args.boxed, args.local) {
        (false, _) => Ident::new("generator", span),
        (true, false) => Ident::new("boxed", span),
        (true, true) => Ident::new("boxed_local", span),
    };
    let body = body(&types, args, names, &constructor, &arguments, lowered);
    quote_spanned!(span=> #(#attrs)* #vis #sig { #body })
}

/// Input: the lowered body of `async_gen_block! { .. }`.
///
/// Output: the same as of a function, as an expression.
pub(crate) fn block(args: &Args, names: &Names, lowered: Option<&Lowered>) -> TokenStream {
    let span = Span::mixed_site();
    let types = Types::of_block(args);
    let constructor = Ident::new("generator", span);
    let body = body(
        &types,
        args,
        names,
        &constructor,
        &Arguments::default(),
        lowered,
    );
    quote_spanned!(span=> { #body })
}

fn body(
    types: &Types,
    args: &Args,
    names: &Names,
    constructor: &Ident,
    arguments: &Arguments,
    lowered: Option<&Lowered>,
) -> TokenStream {
    let span = Span::mixed_site();
    let Names { krate, body, scope } = names;
    let protocol = types.protocol(names);
    let Arguments { bindings, patterns } = arguments;
    // Mentions each argument as a whole, so that the body holds all of them, in their order.
    let capture = match &bindings[..] {
        [] => TokenStream::new(),
        [one] => quote_spanned!(span=> let _ = &#one;),
        all => quote_spanned!(span=> let _ = (#(&#all),*);),
    };
    let underscored = bindings
        .iter()
        .any(|name| name.to_string().starts_with('_'));
    let allow =
        underscored.then(|| quote_spanned!(span=> #[allow(clippy::used_underscore_binding)]));
    // The compiler does not infer the type of an async block from where it is used.
    let output = (args.throws.is_some() || args.returns.is_some())
        .then(|| quote_spanned!(span=> if false { return #body.never_output(); }));
    let value = match lowered {
        None => quote_spanned!(span=> #body.never()),
        Some(Lowered {
            statements,
            wrap,
            hidden_yield,
        }) => {
            let hidden_yield = hidden_yield.then(|| lower::hidden_yield(names));
            let block = quote_spanned!(span=> #scope: { #hidden_yield #(#statements)* });
            if *wrap {
                quote_spanned!(span=> #krate::__private::Ok(#block))
            } else {
                block
            }
        }
    };
    quote_spanned! {span=>
        let #body: #krate::__private::Body<#protocol> = unsafe { #krate::__private::Body::new() };
        #body.#constructor(async move {
            #allow
            #capture
            #(#patterns)*
            #output
            #value
        })
    }
}
