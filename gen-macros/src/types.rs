use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::visit_mut::{self, VisitMut};
use syn::{Lifetime, ReturnType, Type, parse_quote, parse_quote_spanned};

use crate::args::Args;
use crate::kind::Kind;
use crate::names::Names;

/// The types of a generator, as the user wrote them; `_` where they are inferred.
pub(crate) struct Types {
    yields: Type,
    sent: Type,
    error: Option<Type>,
    returns: Type,
}

impl Types {
    /// The types of a function, which yields its declared return type.
    pub(crate) fn of_function(args: &Args, output: &ReturnType) -> Self {
        let yields = match output {
            ReturnType::Default => None,
            ReturnType::Type(_, ty) => Some(&**ty),
        };
        Types::new(args, or_unit(yields), or_unit(args.returns.as_ref()))
    }

    /// The types of a body. Those that are not named are inferred, except for the return type of a body that throws: its
    /// end could be any `Result`.
    pub(crate) fn of_body(args: &Args) -> Self {
        let inferred = || parse_quote!(_);
        let returns = match (&args.returns, &args.throws) {
            (None, None) => inferred(),
            (returns, _) => or_unit(returns.as_ref()),
        };
        Types::new(args, args.yields.clone().unwrap_or_else(inferred), returns)
    }

    /// Makes the arguments that name these types.
    pub(crate) fn args(&self) -> TokenStream {
        let Types {
            yields,
            sent,
            error,
            returns,
        } = self;
        let throws = error.as_ref().map(|error| quote!(throws = #error,));
        quote!(yields = #yields, send = #sent, #throws returns = #returns,)
    }

    fn new(args: &Args, yields: Type, returns: Type) -> Self {
        Types {
            yields,
            sent: or_unit(args.send.as_ref()),
            error: args.throws.clone(),
            returns,
        }
    }

    pub(crate) fn all(&mut self) -> Vec<&mut Type> {
        let error = self.error.as_mut();
        [&mut self.yields, &mut self.sent, &mut self.returns]
            .into_iter()
            .chain(error)
            .collect()
    }

    /// The span of the yielded type, where rustc reports errors about the types of a generator.
    fn span(&self) -> Span {
        Span::mixed_site().located_at(self.yields.span())
    }

    /// `<(Y, S, R) as Types>::Body`, or `<(Y, S, E, R) as Types>::Body`, or another `kind` of body.
    pub(crate) fn body(&self, kind: &str, names: &Names) -> TokenStream {
        let span = self.span();
        let rt = &names.rt;
        let [yields, sent, returns] = [&self.yields, &self.sent, &self.returns].map(in_let);
        let error = self.error.as_ref().map(in_let);
        let error = error.map(|error| quote_spanned!(span=> #error,));
        let body = Ident::new(kind, span);
        quote_spanned! {span=>
            <(#yields, #sent, #error #returns) as #rt::Types>::#body
        }
    }

    /// `impl AsyncGenerator<..> + FusedStream<..> + ..`, or `impl sync::Generator<..> + ..`
    pub(crate) fn opaque(&self, args: &Args, names: &Names) -> TokenStream {
        let span = self.span();
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
        let path = match args.kind {
            Kind::Async => quote_spanned!(span=> #krate::AsyncGenerator),
            Kind::Regular => quote_spanned!(span=> #krate::sync::Generator),
        };
        let bounds = args
            .bounds
            .as_ref()
            .map(|bounds| quote_spanned!(span=> + #bounds));
        quote_spanned! {span=>
            impl #path<
                Yield = #yields, Sent = #sent, Error = #error, Return = #returns, Item = #item
            > #stream #bounds
        }
    }

    /// `BoxGenerator<'async_gen, Y, S, R>`, or another of its family, or of that in `sync`.
    pub(crate) fn boxed(&self, args: &Args, lifetime: &Lifetime, names: &Names) -> TokenStream {
        let span = Span::mixed_site();
        let krate = &names.krate;
        let Types {
            yields,
            sent,
            error,
            returns,
        } = self;
        let alias = match (error, args.local) {
            (None, false) => "BoxGenerator",
            (None, true) => "LocalBoxGenerator",
            (Some(_), false) => "BoxTryGenerator",
            (Some(_), true) => "LocalBoxTryGenerator",
        };
        let alias = Ident::new(alias, span);
        let error = error.as_ref().map(|error| quote_spanned!(span=> #error,));
        let module = match args.kind {
            Kind::Async => None,
            Kind::Regular => Some(quote_spanned!(span=> sync::)),
        };
        quote_spanned!(span=> #krate::#module #alias<#lifetime, #yields, #error #sent, #returns>)
    }
}

fn or_unit(ty: Option<&Type>) -> Type {
    ty.cloned()
        .unwrap_or_else(|| parse_quote_spanned!(Span::mixed_site()=> ()))
}

/// Makes a type that is allowed in a `let`: `impl Trait` is inferred.
fn in_let(ty: &Type) -> Type {
    struct ImplTrait;
    impl VisitMut for ImplTrait {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            if let Type::ImplTrait(_) = ty {
                *ty = parse_quote!(_);
            }
            visit_mut::visit_type_mut(self, ty);
        }
    }
    let mut ty = ty.clone();
    ImplTrait.visit_type_mut(&mut ty);
    ty
}
