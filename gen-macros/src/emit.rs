//! Tokens of a generator.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Stmt, parse_quote_spanned};

use crate::args::Args;
use crate::arguments::Arguments;
use crate::input::{Function, Pattern};
use crate::lifetimes;
use crate::lower::{End, Lowered};
use crate::names::Names;
use crate::types::Types;

/// Input: `async fn countdown(from: u32) -> u32 { .. }`
///
/// Output:
///
/// ```text
/// fn countdown(from: u32) -> impl AsyncGenerator<Yield = u32, ..> + FusedStream<Item = u32> {
///     body! { [yields = u32, send = (), ..] (from) [] { .. } }
/// }
/// ```
///
/// The body is lowered by a macro of its own, whose output nobody sees but the compiler: the
/// attributes that stand below ours are given the output of this one.
pub(crate) fn function(function: Function, args: &Args, names: &Names) -> TokenStream {
    let span = Span::mixed_site();
    let Function {
        attrs,
        vis,
        mut sig,
        body,
    } = function;
    if args.broken {
        // The mistakes are told: what else they would lead to is not.
        (sig.constness, sig.abi, sig.variadic) = (None, None, None);
        if sig.ident == "main" {
            return quote_spanned!(span=> fn main() {});
        }
    }
    let mut types = Types::of_function(args, &sig.output);
    sig.asyncness = None;
    let Arguments { bindings, patterns } = Arguments::take(&mut sig);
    let output = if args.boxed {
        let lifetime = lifetimes::spell_out(&mut sig, &mut types.all());
        types.boxed(args.local, &lifetime, names)
    } else {
        types.opaque(args, names)
    };
    sig.output = parse_quote_spanned!(span=> -> #output);
    let krate = &names.krate;
    let types = types.args();
    let flags = [
        (args.boxed, quote!(boxed,)),
        (args.boxed && args.local, quote!(local,)),
        (args.bare, quote!(bare,)),
        (args.broken, quote!(broken,)),
    ];
    let flags = flags
        .into_iter()
        .filter_map(|(set, flag)| set.then_some(flag));
    let body = body.unwrap_or_else(|| Group::new(Delimiter::Brace, TokenStream::new()));
    quote_spanned! {span=>
        #(#attrs)* #vis #sig {
            #krate::__private::body! {
                [#types #(#flags)* crate = #krate] (#(#bindings),*) [#(#patterns)*] #body
            }
        }
    }
}

/// Input: the lowered body; `None` where it has mistakes. `braces` is where the user's own stand.
///
/// Output:
///
/// ```text
/// let __body: Body<Plain<u32, (), ()>> = unsafe { Body::new() };
/// __body.generator(async move {
///     let _ = &from;
///     'body: { .. }
/// })
/// ```
pub(crate) fn body(
    args: &Args,
    names: &Names,
    captures: &[Ident],
    patterns: &[Pattern],
    lowered: Option<&Lowered>,
    braces: Span,
) -> TokenStream {
    let span = Span::mixed_site();
    let Names { krate, body, .. } = names;
    let protocol = Types::of_body(args).protocol(names);
    let constructor = match (args.boxed, args.local) {
        (false, _) => Ident::new("generator", span),
        (true, false) => Ident::new("boxed", span),
        (true, true) => Ident::new("boxed_local", span),
    };
    let capture = capture(captures);
    // The compiler does not infer the type of an async block from where it is used.
    let output = lowered
        .filter(|body| args.throws.is_some() || args.returns.is_some() && body.value)
        .map(|_| quote_spanned!(span=> if false { return #body.never_output(); }));
    let value = match lowered {
        None => quote_spanned!(span=> #body.never()),
        Some(lowered) => scope(names, args.throws.is_some(), lowered, braces),
    };
    quote_spanned! {span=>
        let #body: #krate::__private::Body<#protocol> = unsafe { #krate::__private::Body::new() };
        #body.#constructor(async move {
            #capture
            #(#patterns)*
            #output
            #value
        })
    }
}

/// Mentions each argument as a whole, so that the body holds all of them, in their order.
fn capture(captures: &[Ident]) -> TokenStream {
    let span = Span::mixed_site();
    let underscored = captures
        .iter()
        .any(|name| name.to_string().starts_with('_'));
    let allow =
        underscored.then(|| quote_spanned!(span=> #[allow(clippy::used_underscore_binding)]));
    match captures {
        [] => TokenStream::new(),
        [one] => quote_spanned!(span=> #allow let _ = &#one;),
        all => quote_spanned!(span=> #allow let _ = (#(&#all),*);),
    }
}

/// Output: `'body: { .. }`, or `Ok('body: { .. })`.
fn scope(names: &Names, throws: bool, lowered: &Lowered, braces: Span) -> TokenStream {
    let span = Span::mixed_site();
    let Names { krate, body, scope } = names;
    let Lowered {
        statements,
        end,
        hidden_yield,
        visible_yield,
        ..
    } = lowered;
    let hidden_yield = hidden_yield.then(|| yield_macro(names));
    let wrap = throws && *end != End::Result;
    // A block that nothing leaves would make the `Ok` around it unreachable.
    let leave = (wrap && !visible_yield)
        .then(|| quote_spanned!(span=> if false { break #scope #body.never() }));
    let mut block = Group::new(Delimiter::Brace, quote!(#(#statements)*));
    let statements = match &statements[..] {
        // How long the temporaries of a value at the end live is for the edition of the user's crate
        // to decide, and a block is of the edition of its braces.
        [.., _, Stmt::Expr(_, None)] if *end != End::Unit => {
            block.set_span(braces);
            block.into_token_stream()
        }
        _ => block.stream(),
    };
    let block = quote_spanned!(span=> { #hidden_yield #leave #statements });
    if wrap {
        quote_spanned!(span=> #krate::__private::Ok(#scope: #block))
    } else {
        quote_spanned!(span=> #scope: #block)
    }
}

/// Input: `yield_!(v)` in the tokens of another macro.
///
/// Output: the `yield_!` that it calls when that macro is expanded.
///
/// It holds all that it expands to, and forwards to no other macro: nobody else is to be given the
/// right to yield.
fn yield_macro(names: &Names) -> TokenStream {
    let Names { body, scope, .. } = names;
    let span = Span::mixed_site();
    let name = Ident::new("yield_", Span::call_site());
    quote_spanned! {span=>
        macro_rules! #name {
            () => { #name!(()) };
            ($value:expr) => {
                #body.yield_($value, if false { break #scope #body.never() }).await
            };
        }
    }
}
