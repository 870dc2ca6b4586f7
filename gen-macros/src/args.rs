use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Path, Token, Type, TypeParamBound};

use crate::errors::Errors;
use crate::kind::Kind;

/// The arguments of `#[async_gen(..)]` or `#[generator(..)]`.
#[derive(Default)]
pub(crate) struct Args {
    pub(crate) kind: Kind,
    pub(crate) yields: Option<Type>,
    pub(crate) send: Option<Type>,
    pub(crate) throws: Option<Type>,
    pub(crate) returns: Option<Type>,
    pub(crate) bounds: Option<Punctuated<TypeParamBound, Token![+]>>,
    pub(crate) boxed: bool,
    pub(crate) local: bool,
    pub(crate) krate: Option<Path>,
}

/// The macro that the arguments are for.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    Function,
    Block,
    /// `async_gen_body!`
    Body,
}

impl Target {
    const fn names(self) -> &'static [&'static str] {
        match self {
            Target::Function => &[
                "send", "throws", "returns", "bounds", "boxed", "local", "crate",
            ],
            Target::Block => &["yields", "send", "throws", "returns", "crate"],
            Target::Body => &[
                "yields", "send", "throws", "returns", "boxed", "local", "crate",
            ],
        }
    }
}

impl Args {
    pub(crate) fn parse(
        tokens: TokenStream,
        target: Target,
        kind: Kind,
        errors: &mut Errors,
    ) -> Self {
        let mut args = Args {
            kind,
            ..Args::default()
        };
        let parsed = (|input: ParseStream<'_>| {
            args.parse_all(input, target, errors);
            Ok(())
        })
        .parse2(tokens);
        errors.ok(parsed);
        args
    }

    /// Returns whether a yield evaluates to a value other than `()`.
    pub(crate) fn sends_value(&self) -> bool {
        !self.send.as_ref().is_none_or(is_unit)
    }

    /// Returns whether the body certainly ends with `()`. The return type of a block that cannot throw is inferred.
    pub(crate) fn returns_nothing(&self) -> bool {
        !self.returns_value() && (self.returns.is_some() || self.throws.is_some())
    }

    /// Returns whether the body ends with a value other than `()`.
    pub(crate) fn returns_value(&self) -> bool {
        !self.returns.as_ref().is_none_or(is_unit)
    }

    fn parse_all(&mut self, input: ParseStream<'_>, target: Target, errors: &mut Errors) {
        let mut seen: Vec<Ident> = Vec::new();
        while !input.is_empty() {
            if let Err(error) = self.parse_one(input, target, &mut seen) {
                errors.add(error);
                skip_to_comma(input);
            } else if !input.is_empty() && !input.peek(Token![,]) {
                errors.at(input.span(), "expected `,` between arguments");
                if !input.peek(syn::Ident::peek_any) {
                    skip_to_comma(input);
                }
            }
            let _: Option<Token![,]> = input.parse().unwrap_or_default();
        }
        let span_of = |name: &str| seen.iter().find(|ident| *ident == name).map(Ident::span);
        if let (Some(span), false) = (span_of("local"), self.boxed) {
            errors.at(
                span,
                "`local` is not supported without `boxed`; write `boxed, local`",
            );
        }
        if let (Some(span), true) = (span_of("bounds"), self.boxed) {
            errors.at(
                span,
                "`bounds` is not supported with `boxed`; a boxed handle is `Send` unless `local`",
            );
        }
    }

    fn parse_one(
        &mut self,
        input: ParseStream<'_>,
        target: Target,
        seen: &mut Vec<Ident>,
    ) -> syn::Result<()> {
        let names = target.names();
        let expected = || {
            let list: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("expected one of {}", list.join(", "))
        };
        let name = input
            .call(Ident::parse_any)
            .map_err(|error| syn::Error::new(error.span(), expected()))?;
        if !names.iter().any(|known| name == known) {
            return Err(syn::Error::new(
                name.span(),
                format!("unknown argument `{name}`, {}", expected()),
            ));
        }
        let repeated = seen.contains(&name);
        match name.to_string().as_str() {
            "yields" => self.yields = Some(value(&name, "a type", input)?),
            "send" => self.send = Some(value(&name, "a type", input)?),
            "throws" => self.throws = Some(value(&name, "a type", input)?),
            "returns" => self.returns = Some(value(&name, "a type", input)?),
            "crate" => {
                let ModPath(path) = value(&name, "a path", input)?;
                self.krate = Some(path);
            }
            "bounds" => {
                let Bounds(bounds) = value(&name, "bounds", input)?;
                self.bounds = Some(bounds);
            }
            "boxed" => self.boxed = flag(&name, input)?,
            _ => self.local = flag(&name, input)?,
        }
        if repeated {
            return Err(syn::Error::new(
                name.span(),
                format!("`{name}` is repeated; write it once"),
            ));
        }
        seen.push(name);
        Ok(())
    }
}

fn is_unit(ty: &Type) -> bool {
    matches!(ty, Type::Tuple(tuple) if tuple.elems.is_empty())
}

struct Bounds(Punctuated<TypeParamBound, Token![+]>);

impl Parse for Bounds {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Punctuated::parse_separated_nonempty(input).map(Bounds)
    }
}

/// A path without generic arguments, which could hold any tokens.
struct ModPath(Path);

impl Parse for ModPath {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Path::parse_mod_style(input).map(ModPath)
    }
}

/// The value of an argument: `= T`.
fn value<T: Parse>(name: &Ident, what: &str, input: ParseStream<'_>) -> syn::Result<T> {
    if !input.peek(Token![=]) {
        let message = format!("`{name}` needs {what}; write `{name} = ..`");
        return Err(syn::Error::new(name.span(), message));
    }
    input.parse::<Token![=]>()?;
    let at: Span = if input.is_empty() {
        name.span()
    } else {
        input.span()
    };
    input.parse().map_err(|error| {
        syn::Error::new(
            if input.is_empty() { at } else { error.span() },
            format!("expected {what} for `{name}`"),
        )
    })
}

/// An argument without a value.
fn flag(name: &Ident, input: ParseStream<'_>) -> syn::Result<bool> {
    if input.peek(Token![=]) {
        return Err(input.error(format!("`{name}` takes no value; write `{name}`")));
    }
    Ok(true)
}

fn skip_to_comma(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        let _: Option<TokenTree> = input.parse().ok();
    }
}
