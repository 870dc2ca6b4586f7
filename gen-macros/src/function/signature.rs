//! Mistakes in the signature of a generator.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{Attribute, Meta, Signature};

use super::item::Function;
use crate::errors::Errors;
use crate::kind::Kind;
use crate::syntax::attributes::kind_of;

/// Checks the signature of a generator, and the attributes beside ours.
pub(crate) fn check(function: &mut Function, kind: Kind, errors: &mut Errors) {
    let Function {
        attrs, sig, body, ..
    } = function;
    let mut is_async = sig.asyncness.is_some();
    for attr in attrs.iter() {
        if let Some(other) = kind_of(attr) {
            let message = if other == kind {
                format!(
                    "`{}` is repeated; write it once, with all arguments",
                    kind.attribute()
                )
            } else {
                format!(
                    "`{}` is not supported under `#[{}]`; a generator has one kind",
                    other.attribute(),
                    kind.attribute()
                )
            };
            errors.at(attr.path().span(), message);
        } else if let Some(argument) = inspected_output(attr) {
            let message = format!(
                "`{argument}` of `#[instrument]` is not supported on a generator; what it yields is not returned"
            );
            errors.at(argument.span(), message);
        } else if let Some(name) = entry_point(attr) {
            let message = format!(
                "`#[{name}]` is not supported on a generator; put it on a function that asks one for items"
            );
            errors.at(attr.path().span(), message);
            if !is_async && kind == Kind::Async {
                // It removed the `async`, and the body is its own now.
                is_async = true;
                *body = body
                    .as_ref()
                    .map(|_| Group::new(Delimiter::Brace, TokenStream::new()));
            }
        }
    }
    if let Some(message) = rewritten(sig, body.as_ref(), kind) {
        errors.at(sig.ident.span(), message);
        // The body is no longer the user's.
        *body = body
            .as_ref()
            .map(|_| Group::new(Delimiter::Brace, TokenStream::new()));
    } else if kind == Kind::Async && !is_async && sig.constness.is_none() {
        errors.at(
            sig.fn_token.span,
            "expected `async fn`, found `fn`; add `async`, or use `#[generator]`",
        );
    } else if let (Kind::Regular, Some(token)) = (kind, sig.asyncness) {
        errors.at(
            token.span,
            "expected `fn`, found `async fn`; remove `async`, or use `#[async_gen]`",
        );
    }
    if let Some(token) = sig.constness {
        errors.at(
            token.span,
            "`const` is not supported; a generator runs at run time",
        );
    }
    if let (Some(abi), None) = (&sig.abi, &sig.variadic) {
        errors.at(
            abi.span(),
            "`extern` is not supported; a generator has no foreign ABI",
        );
    }
    if let Some(variadic) = &sig.variadic {
        errors.at(
            variadic.span(),
            "variadic arguments are not supported; pass a slice",
        );
    }
    if sig.ident == "main" {
        errors.at(
            sig.ident.span(),
            "`main` is not supported; write a generator that `main` asks for items",
        );
    }
}

/// Returns the name of an attribute that makes a function a test or the entry point, such as `tokio::test`.
pub(crate) fn entry_point(attr: &Attribute) -> Option<&'static str> {
    let name = &attr.path().segments.last()?.ident;
    ["test", "bench", "main"]
        .into_iter()
        .find(|known| name == known)
}

/// Returns the message for a function that another macro has rewritten before.
fn rewritten(sig: &Signature, body: Option<&Group>, kind: Kind) -> Option<&'static str> {
    let lifetimes: Vec<_> = sig.generics.lifetimes().collect();
    if lifetimes
        .iter()
        .any(|param| param.lifetime.ident == "async_trait")
    {
        return Some(
            "`#[async_trait]` has rewritten this function; write `async_gen_block!` in it, or a generator outside of the trait",
        );
    }
    if body.is_some_and(|body| mentions(body.stream(), "__tracing_attr_span")) {
        return Some(
            "`#[instrument]` has rewritten this function; put it below the generator's attribute",
        );
    }
    if kind == Kind::Regular {
        return None;
    }
    let returns_future = mentions(sig.output.to_token_stream(), "Future");
    (sig.asyncness.is_none() && returns_future).then_some(
        "another macro has rewritten this `async fn`, so it seems; put that one below `#[async_gen]`",
    )
}

fn mentions(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Ident(ident) => ident == name,
        _ => false,
    })
}

/// Returns the argument of an `#[instrument]` that inspects the return value.
pub(crate) fn inspected_output(attr: &Attribute) -> Option<Ident> {
    let is_instrument = attr.path().segments.last()?.ident == "instrument";
    let Meta::List(list) = &attr.meta else {
        return None;
    };
    let mut words = list
        .tokens
        .clone()
        .into_iter()
        .filter_map(|token| match token {
            TokenTree::Ident(word) => Some(word),
            _ => None,
        });
    words.find(|word| is_instrument && (word == "err" || word == "ret"))
}
