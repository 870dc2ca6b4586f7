//! Tokens of a generator.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote_spanned};
use syn::visit_mut::{self, VisitMut};
use syn::{FnArg, Pat, PatType, ReturnType, Signature, Type, parse_quote, parse_quote_spanned};

use crate::args::Args;
use crate::input::Function;
use crate::lifetimes;
use crate::lower::{self, Lowered, Names};

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
    let mut types = Types::new(args, Some(&sig.output));
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
    let body = body(&types, names, &constructor, &arguments, lowered);
    quote_spanned!(span=> #(#attrs)* #vis #sig { #body })
}

/// Input: the lowered body of `async_gen_block! { .. }`.
///
/// Output: the same as of a function, as an expression.
pub(crate) fn block(args: &Args, names: &Names, lowered: Option<&Lowered>) -> TokenStream {
    let span = Span::mixed_site();
    let types = Types::new(args, None);
    let constructor = Ident::new("generator", span);
    let body = body(&types, names, &constructor, &Arguments::default(), lowered);
    quote_spanned!(span=> { #body })
}

fn body(
    types: &Types,
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
            #value
        })
    }
}

/// The arguments, as the body takes them over.
#[derive(Default)]
struct Arguments {
    bindings: Vec<Ident>,
    /// The `let`s that take those apart whose pattern may leave something behind.
    patterns: Vec<TokenStream>,
}

impl Arguments {
    /// Input: `fn f(self, a: A, (b, c): (B, C), (d, _): (D, E), _: F)`
    ///
    /// Output: `fn f(self, a: A, (b, c): (B, C), __arg3: (D, E), __arg4: F)`, the bindings
    /// `self, a, b, c, __arg3, __arg4`, and `let (d, _) = __arg3;`.
    fn take(sig: &mut Signature) -> Self {
        let mut arguments = Arguments::default();
        for (index, input) in sig.inputs.iter_mut().enumerate() {
            match input {
                FnArg::Receiver(receiver) => {
                    let name = Ident::new("self", receiver.self_token.span);
                    arguments.bindings.push(name);
                }
                FnArg::Typed(PatType { pat, .. }) => {
                    if !bind_whole(pat, &mut arguments.bindings) {
                        let name = format_ident!("__arg{index}", span = Span::mixed_site());
                        if !matches!(**pat, Pat::Wild(_)) {
                            let span = Span::mixed_site();
                            arguments
                                .patterns
                                .push(quote_spanned!(span=> let #pat = #name;));
                        }
                        **pat = parse_quote!(#name);
                        arguments.bindings.push(name);
                    }
                }
            }
        }
        arguments
    }
}

/// Adds the names that a pattern binds, if by value and nothing is left behind that would be
/// dropped when the function returns.
fn bind_whole(pat: &Pat, bindings: &mut Vec<Ident>) -> bool {
    let before = bindings.len();
    let whole = match pat {
        Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() => {
            bindings.push(ident.ident.clone());
            true
        }
        Pat::Paren(pat) => bind_whole(&pat.pat, bindings),
        Pat::Tuple(pat) => pat.elems.iter().all(|elem| bind_whole(elem, bindings)),
        Pat::TupleStruct(pat) => pat.elems.iter().all(|elem| bind_whole(elem, bindings)),
        Pat::Struct(pat) if pat.rest.is_none() => pat
            .fields
            .iter()
            .all(|field| bind_whole(&field.pat, bindings)),
        _ => false,
    };
    if !whole {
        bindings.truncate(before);
    }
    whole
}

/// The types of a generator, as the user wrote them.
struct Types {
    /// `None` where they are inferred.
    yields: Option<Type>,
    sent: Type,
    error: Option<Type>,
    returns: Option<Type>,
}

impl Types {
    fn new(args: &Args, output: Option<&ReturnType>) -> Self {
        let span = Span::mixed_site();
        let unit = || parse_quote_spanned!(span=> ());
        let (yields, returns) = match output {
            None => (args.yields.clone(), args.returns.clone()),
            Some(output) => {
                let yields = match output {
                    ReturnType::Default => unit(),
                    ReturnType::Type(_, ty) => (**ty).clone(),
                };
                (
                    Some(yields),
                    Some(args.returns.clone().unwrap_or_else(unit)),
                )
            }
        };
        let sent = args.send.clone().unwrap_or_else(unit);
        Types {
            yields,
            sent,
            error: args.throws.clone(),
            returns,
        }
    }

    fn all(&mut self) -> Vec<&mut Type> {
        let optional = [&mut self.yields, &mut self.error, &mut self.returns];
        optional
            .into_iter()
            .flatten()
            .chain([&mut self.sent])
            .collect()
    }

    /// `Plain<Y, S, R>`, or `Throws<Y, S, E, R>`.
    fn protocol(&self, names: &Names) -> TokenStream {
        let span = Span::mixed_site();
        let krate = &names.krate;
        let yields = inferred(self.yields.as_ref());
        let returns = inferred(self.returns.as_ref());
        let sent = inferred(Some(&self.sent));
        match &self.error {
            None => quote_spanned!(span=> #krate::__private::Plain<#yields, #sent, #returns>),
            Some(error) => {
                let error = inferred(Some(error));
                quote_spanned!(span=> #krate::__private::Throws<#yields, #sent, #error, #returns>)
            }
        }
    }

    /// `impl AsyncGenerator<..> + FusedStream<..> + ..`
    fn opaque(&self, args: &Args, names: &Names) -> TokenStream {
        let span = Span::mixed_site();
        let krate = &names.krate;
        let Types {
            yields,
            sent,
            error,
            returns,
        } = self;
        let (error, item) = match error {
            None => (
                quote_spanned!(span=> #krate::__private::Infallible),
                yields.to_token_stream(),
            ),
            Some(error) => (
                error.to_token_stream(),
                quote_spanned!(span=> #krate::__private::Result<#yields, #error>),
            ),
        };
        let stream = args
            .send
            .is_none()
            .then(|| quote_spanned!(span=> + #krate::__private::FusedStream<Item = #item>));
        let bounds = args
            .bounds
            .as_ref()
            .map(|bounds| quote_spanned!(span=> + #bounds));
        quote_spanned! {span=>
            impl #krate::AsyncGenerator<
                Yield = #yields, Sent = #sent, Error = #error, Return = #returns, Item = #item
            > #stream #bounds
        }
    }

    /// `BoxGenerator<'async_gen, Y, S, R>`, or another of its family.
    fn boxed(&self, local: bool, names: &Names) -> TokenStream {
        let span = Span::mixed_site();
        let krate = &names.krate;
        let lifetime = lifetimes::generator();
        let Types {
            yields,
            sent,
            error,
            returns,
        } = self;
        let alias = match (error, local) {
            (None, false) => "BoxGenerator",
            (None, true) => "LocalBoxGenerator",
            (Some(_), false) => "BoxTryGenerator",
            (Some(_), true) => "LocalBoxTryGenerator",
        };
        let alias = Ident::new(alias, span);
        let error = error.as_ref().map(|error| quote_spanned!(span=> #error,));
        quote_spanned!(span=> #krate::#alias<#lifetime, #yields, #error #sent, #returns>)
    }
}

/// A type as a `let` may name it: what only a signature can say is inferred.
fn inferred(ty: Option<&Type>) -> Type {
    struct ImplTrait;
    impl VisitMut for ImplTrait {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            if let Type::ImplTrait(_) = ty {
                *ty = parse_quote!(_);
            }
            visit_mut::visit_type_mut(self, ty);
        }
    }
    let mut ty = ty.cloned().unwrap_or_else(|| parse_quote!(_));
    ImplTrait.visit_type_mut(&mut ty);
    ty
}
