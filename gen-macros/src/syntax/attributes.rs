//! Attributes: ours, those of tools, and the compiler's own.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

use crate::kind::Kind;

/// Returns whether a function has the attribute that makes it a generator, under a condition or not.
pub(crate) fn is_generator(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| match &attr.meta {
        Meta::List(list) if list.path.is_ident("cfg_attr") => {
            let mut tokens = list.tokens.clone().into_iter();
            tokens.any(
                |token| matches!(token, TokenTree::Ident(name) if Kind::named(&name).is_some()),
            )
        }
        _ => kind_of(attr).is_some(),
    })
}

/// Returns the kind of generator that an attribute makes, by its last name.
///
/// Other crates have a `generator` too. One with a path is ours if that is the path of the runtime, which the argument
/// `crate` may name.
pub(crate) fn kind_of(attr: &Attribute) -> Option<Kind> {
    let path = &attr.path().segments;
    let kind = Kind::named(&path.last()?.ident)?;
    let is_ours = kind == Kind::Async || path.len() == 1 || path[0].ident == "gen_runtime" || {
        let args = attr.meta.require_list().map(|list| list.tokens.clone());
        let mut args = args.into_iter().flatten();
        args.any(|token| matches!(token, TokenTree::Ident(name) if name == "crate"))
    };
    is_ours.then_some(kind)
}

/// Removes `#[async_gen(..)]` or `#[generator(..)]`, and returns its kind and its arguments.
pub(crate) fn take_generator(attrs: &mut Vec<Attribute>) -> Option<(Kind, TokenStream)> {
    let (index, kind) = attrs
        .iter()
        .enumerate()
        .find_map(|(index, attr)| Some((index, kind_of(attr)?)))?;
    let args = match attrs.remove(index).meta {
        Meta::Path(_) => TokenStream::new(),
        Meta::List(list) => list.tokens,
        Meta::NameValue(meta) => meta.value.into_token_stream(),
    };
    Some((kind, args))
}

/// Returns whether the path of an attribute begins with the name of a tool, as in `#[rustfmt::skip]`.
pub(crate) fn is_of_tool(attr: &Attribute) -> bool {
    const TOOLS: [&str; 3] = ["clippy", "rustfmt", "rust_analyzer"];
    let path = attr.path();
    let first = path.segments.first().map(|segment| &segment.ident);
    path.segments.len() > 1 && first.is_some_and(|first| TOOLS.iter().any(|tool| first == tool))
}

/// Returns whether an attribute is one of the compiler's own that passes its code to no macro, and whose name
/// cannot have another meaning.
pub(crate) fn is_inert(meta: &Meta) -> bool {
    const NAMES: [&str; 7] = ["allow", "cfg", "deny", "doc", "expect", "forbid", "warn"];
    if let (true, Meta::List(list)) = (meta.path().is_ident("cfg_attr"), meta) {
        let metas = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
        return metas.is_ok_and(|metas| metas.iter().skip(1).all(is_inert));
    }
    NAMES.iter().any(|name| meta.path().is_ident(name))
}
