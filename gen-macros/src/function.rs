//! The attribute: makes a function that returns a generator, and leaves its body to `async_gen_body!`.

pub(crate) mod item; // the function under the attribute
mod lifetimes; // the lifetimes of a boxed generator
mod parameters; // the parameters, which the body takes over
pub(crate) mod signature; // mistakes in the signature

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{ReturnType, Type, TypeImplTrait, TypeParamBound, parse_quote_spanned};

use self::item::Function;
use self::parameters::Parameters;
use self::signature::{entry_point, inspected_output};
use crate::args::Args;
use crate::handover::Origin;
use crate::kind::Kind;
use crate::names::Names;
use crate::syntax::attributes::kind_of;
use crate::types::Types;

/// Input: `async fn countdown(from: u32) -> u32 { .. }`
///
/// Output:
///
/// ```text
/// fn countdown(from: u32) -> impl AsyncGenerator<Yield = u32, ..> + FusedStream<Item = u32> {
///     async_gen_body! { [yields = u32, send = (), ..] [] (from) [] { .. } }
/// }
/// ```
///
/// The body is lowered by a macro of its own, whose output only the compiler sees. Attributes below ours receive the
/// output of this macro.
pub(crate) fn emit(function: Function, args: &Args, origin: Origin, names: &Names) -> TokenStream {
    let span = Span::mixed_site();
    let krate = &names.krate;
    let Function {
        mut attrs,
        vis,
        mut sig,
        body,
    } = function;
    if origin.broken {
        // The mistakes are reported already. Remove what would cause further errors.
        (sig.constness, sig.abi, sig.variadic) = (None, None, None);
        attrs.retain(|attr| {
            kind_of(attr).is_none()
                && entry_point(attr).is_none()
                && inspected_output(attr).is_none()
        });
        if sig.ident == "main" {
            return quote_spanned!(span=> fn main() {});
        }
    }
    let warning = questionable(&sig.output, args)
        .map(|(name, span)| quote_spanned!(span=> #krate::__private::#name();));
    let mut types = Types::of_function(args, &sig.output);
    sig.asyncness = None;
    let Parameters { bindings, patterns } = Parameters::take(&mut sig);
    let output = if args.boxed {
        let lifetime = lifetimes::spell_out(&mut sig, &mut types.all(), args.kind);
        types.boxed(args, &lifetime, names)
    } else {
        types.opaque(args, names)
    };
    sig.output = parse_quote_spanned!(span=> -> #output);
    let types = types.args();
    let flags = [
        (args.boxed, quote!(boxed,)),
        (args.boxed && args.local, quote!(local,)),
    ];
    let flags = flags
        .into_iter()
        .filter_map(|(set, flag)| set.then_some(flag));
    let Some(body) = body else {
        return quote_spanned!(span=> #(#attrs)* #vis #sig;);
    };
    quote_spanned! {span=>
        #(#attrs)* #vis #sig {
            #warning
            #krate::async_gen_body! {
                [#types #(#flags)* crate = #krate] [#origin] (#(#bindings),*) [#(#patterns)*] #body
            }
        }
    }
}

/// Returns the function to call for a warning about the declared return type, and where that type is: the type of a
/// stream, an iterator, or a function that fails, is seldom meant as the type of an item.
fn questionable(output: &ReturnType, args: &Args) -> Option<(Ident, Span)> {
    let ReturnType::Type(_, ty) = output else {
        return None;
    };
    let name = match &**ty {
        Type::Path(ty) if args.throws.is_some() && ty.path.segments.last()?.ident == "Result" => {
            "result_in_result"
        }
        Type::ImplTrait(ty) if names_any(ty, &["Stream", "FusedStream"]) => "stream_of_streams",
        Type::ImplTrait(ty) if args.kind == Kind::Regular && names_any(ty, &["Iterator"]) => {
            "iterator_of_iterators"
        }
        _ => return None,
    };
    Some((Ident::new(name, ty.span()), ty.span()))
}

fn names_any(ty: &TypeImplTrait, traits: &[&str]) -> bool {
    ty.bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => {
            let last = bound.path.segments.last();
            last.is_some_and(|last| traits.iter().any(|name| last.ident == name))
        }
        _ => false,
    })
}
