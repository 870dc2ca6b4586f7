//! The entry points: the stages of each macro. On a mistake they emit errors, and the item with its final signature.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::discouraged::Speculative as _;
use syn::parse::{ParseStream, Parser as _};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, ImplItem, Item, Signature, TraitItem};

use crate::args::{Args, Target};
use crate::body::anonymous::{self, Anonymous};
use crate::body::{self, in_place, lower, read};
use crate::errors::Errors;
use crate::function::item::{self, Function};
use crate::function::{self, signature};
use crate::handover::{Binding, Handover, Origin, Pattern};
use crate::kind::Kind;
use crate::names::Names;
use crate::syntax::attributes::{is_generator, take_generator};
use crate::syntax::invisible_groups::TypesToParentheses;
use crate::syntax::opaque_macros;

/// `#[async_gen(..)] async fn ..` or `#[generator(..)] fn ..`
pub(crate) fn function(args: TokenStream, item: &TokenStream, kind: Kind) -> TokenStream {
    marked_function(args, item, kind, false)
}

/// Expands a function under the attribute. `bare` allows bare yields in the tokens of macros.
fn marked_function(args: TokenStream, item: &TokenStream, kind: Kind, bare: bool) -> TokenStream {
    match item::function(kind).parse2(item.clone()) {
        Ok(function) => parsed_function(args, function, kind, bare),
        Err(error) => misplaced(&error, item, kind),
    }
}

fn parsed_function(
    args: TokenStream,
    mut function: Function,
    kind: Kind,
    bare: bool,
) -> TokenStream {
    TypesToParentheses.visit_signature_mut(&mut function.sig);
    let mut errors = Errors::new();
    let args = Args::parse(args, Target::Function, kind, &mut errors);
    signature::check(&mut function, kind, &mut errors);
    let origin = Origin {
        kind,
        block: false,
        bare,
        broken: !errors.is_empty(),
    };
    let errors = errors.into_tokens();
    let function = function::emit(function, &args, origin, &Names::new(&args));
    quote!(#errors #function)
}

/// `#[for_await]` that is not in the body of a generator.
pub(crate) fn for_await_elsewhere(item: &TokenStream) -> TokenStream {
    let message =
        "`#[for_await]` is not allowed here; put it on a `for` loop in the body of a generator";
    let error = syn::Error::new(Span::call_site(), message).into_compile_error();
    quote!(#error #item)
}

/// Expands an item under the attribute that is not a function: to itself and an error. Functions in it that look like
/// generators are expanded, since each of their yields would be another error.
fn misplaced(error: &syn::Error, item: &TokenStream, kind: Kind) -> TokenStream {
    let error = error.to_compile_error();
    if let Ok(mut item) = syn::parse2::<Item>(item.clone()) {
        Functions {
            unmarked: Some(kind),
        }
        .visit_item_mut(&mut item);
        return quote!(#error #item);
    }
    if syn::parse2::<Expr>(item.clone()).is_ok() {
        return quote!({ #error #item });
    }
    quote!(#error #item)
}

/// `async_gen_body! { .. }`, which the attribute replaces a body by.
pub(crate) fn body(tokens: TokenStream) -> TokenStream {
    let Handover {
        args,
        origin,
        captures,
        patterns,
        block,
    } = match syn::parse2(tokens) {
        Ok(body) => body,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::new();
    let args = Args::parse(args, Target::Body, origin.kind, &mut errors);
    let braces = block.span();
    // rustc has reported `for await` here already.
    let body = opaque_macros::for_await_to_attribute(block.stream());
    generator(&args, origin, errors, &captures, &patterns, body, braces)
}

/// `async_gen_block! { .. }` or `generator_block! { .. }`
pub(crate) fn block(tokens: TokenStream, kind: Kind) -> TokenStream {
    let tokens = opaque_macros::for_await_to_attribute(tokens);
    let Anonymous { args, body } = match anonymous::generator(kind).parse2(tokens) {
        Ok(block) => block,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::new();
    let args = Args::parse(args, Target::Block, kind, &mut errors);
    let origin = Origin {
        kind,
        block: true,
        bare: true,
        broken: !errors.is_empty(),
    };
    let first = body.clone().into_iter().next();
    let first = first.map_or_else(Span::call_site, |token| token.span());
    // The braces of the macro call, which is all the span there is of them.
    let braces = Span::call_site().resolved_at(first);
    let generator = generator(&args, origin, errors, &[], &[], body, braces);
    quote!({ #generator })
}

/// Makes a generator of a body. If that has mistakes, emits them, and a body that does nothing.
fn generator(
    args: &Args,
    origin: Origin,
    mut errors: Errors,
    captures: &[Binding],
    patterns: &[Pattern],
    body: TokenStream,
    braces: Span,
) -> TokenStream {
    let names = Names::new(args);
    let places = in_place::candidates(captures, &body);
    let mut refused = None;
    let reading = read::body(body, args, origin, &names, &mut errors)
        .map_err(|error| {
            if origin.bare {
                errors.add(error);
            } else {
                refused = Some(body::refused(&error, &names));
            }
        })
        .ok()
        .filter(|_| errors.is_empty() && !origin.broken);
    let lowered = reading.map(|reading| lower::body(reading, args, &names, places, braces));
    let errors = errors.into_tokens();
    let body = body::emit(args, &names, captures, patterns, lowered.as_ref(), braces);
    quote!(#errors #refused #body)
}

/// `async_gen_items! { .. }`
pub(crate) fn items(tokens: TokenStream) -> TokenStream {
    let tokens = opaque_macros::for_await_to_attribute(tokens);
    let mut output = TokenStream::new();
    let parsed = (|input: ParseStream<'_>| {
        while !input.is_empty() {
            output.extend(next_item(input)?);
        }
        Ok(())
    })
    .parse2(tokens);
    if let Err(error) = parsed {
        output.extend(error.into_compile_error());
    }
    output
}

/// Expands the next item. If a body has mistakes, its function and the other items are emitted all the same.
fn next_item(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let ahead = input.fork();
    let error = match ahead.parse::<Item>() {
        Ok(mut item) => {
            input.advance_to(&ahead);
            Functions { unmarked: None }.visit_item_mut(&mut item);
            return Ok(item.into_token_stream());
        }
        Err(error) => error,
    };
    let mut function = item::function(Kind::Async)(input).map_err(|_| error.clone())?;
    let (kind, args) = take_generator(&mut function.attrs).ok_or(error)?;
    Ok(parsed_function(args, function, kind, true))
}

/// Expands the marked functions, anywhere in an item.
struct Functions {
    /// The kind that functions that look like generators are expanded to, if they are.
    unmarked: Option<Kind>,
}

impl Functions {
    /// Expands a function, if it is to be expanded.
    fn expand<T: ToTokens>(&self, function: &mut T, parts: Parts<T>) -> Option<TokenStream> {
        let (attrs, sig, body) = parts(function);
        let yields = || body.is_some_and(|body| opaque_macros::yields(&body.to_token_stream()));
        let is_async = sig.asyncness.is_some();
        let unmarked = self
            .unmarked
            .filter(|&kind| is_async == (kind == Kind::Async) && !is_generator(attrs) && yields());
        let marked = take_generator(attrs);
        let (kind, args) = marked.or_else(|| unmarked.map(|kind| (kind, TokenStream::new())))?;
        let function = function.to_token_stream();
        Some(marked_function(args, &function, kind, true))
    }
}

/// The attributes, the signature and the body of a function.
type Parts<T> = fn(&mut T) -> (&mut Vec<Attribute>, &Signature, Option<&syn::Block>);

impl VisitMut for Functions {
    fn visit_item_mut(&mut self, item: &mut Item) {
        visit_mut::visit_item_mut(self, item);
        if let Item::Fn(function) = item {
            let parts: Parts<syn::ItemFn> = |f| (&mut f.attrs, &f.sig, Some(&f.block));
            if let Some(tokens) = self.expand(function, parts) {
                *item = Item::Verbatim(tokens);
            }
        }
    }

    fn visit_impl_item_mut(&mut self, item: &mut ImplItem) {
        visit_mut::visit_impl_item_mut(self, item);
        if let ImplItem::Fn(function) = item {
            let parts: Parts<syn::ImplItemFn> = |f| (&mut f.attrs, &f.sig, Some(&f.block));
            if let Some(tokens) = self.expand(function, parts) {
                *item = ImplItem::Verbatim(tokens);
            }
        }
    }

    fn visit_trait_item_mut(&mut self, item: &mut TraitItem) {
        visit_mut::visit_trait_item_mut(self, item);
        if let TraitItem::Fn(function) = item {
            let parts: Parts<syn::TraitItemFn> = |f| (&mut f.attrs, &f.sig, f.default.as_ref());
            if let Some(tokens) = self.expand(function, parts) {
                *item = TraitItem::Verbatim(tokens);
            }
        }
    }
}
