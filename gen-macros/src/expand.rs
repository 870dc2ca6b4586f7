use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::discouraged::Speculative as _;
use syn::parse::{ParseStream, Parser as _};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, ImplItem, Item, Meta, Signature, TraitItem, parse_quote};

use crate::args::{Args, Target};
use crate::errors::Errors;
use crate::fragments::TypesToParentheses;
use crate::input::{self, Binding, Block, Body, Function, Pattern};
use crate::names::Names;
use crate::scope::{is_generator, is_generator_attribute};
use crate::{check, emit, foreign, in_place, lower, signature, spelling};

/// `#[async_gen(..)] async fn ..`
pub(crate) fn function(args: TokenStream, item: &TokenStream) -> TokenStream {
    marked_function(args, item, false)
}

/// A function under the attribute, where bare yields may stand or not.
fn marked_function(args: TokenStream, item: &TokenStream, bare: bool) -> TokenStream {
    match syn::parse2::<Function>(item.clone()) {
        Ok(function) => parsed_function(args, function, bare),
        Err(error) => misplaced(&error, item),
    }
}

fn parsed_function(args: TokenStream, mut function: Function, bare: bool) -> TokenStream {
    TypesToParentheses.visit_signature_mut(&mut function.sig);
    let mut errors = Errors::new();
    let mut args = Args::parse(args, Target::Function, &mut errors);
    signature::check(&mut function, &mut errors);
    let errors = errors.into_tokens();
    args.bare = bare;
    args.broken = !errors.is_empty();
    let function = emit::function(function, &args, &Names::new(&args));
    quote!(#errors #function)
}

/// `#[for_await]` that is not in the body of a generator.
pub(crate) fn for_await_elsewhere(item: &TokenStream) -> TokenStream {
    let message =
        "`#[for_await]` is not allowed here; put it on a `for` loop in the body of a generator";
    let error = syn::Error::new(Span::call_site(), message).into_compile_error();
    quote!(#error #item)
}

/// What is under the attribute and is no function, as it is: but what looks like a generator in it
/// is one, for else each yield were another error.
fn misplaced(error: &syn::Error, item: &TokenStream) -> TokenStream {
    let error = error.to_compile_error();
    if let Ok(mut item) = syn::parse2::<Item>(item.clone()) {
        Marks.visit_item_mut(&mut item);
        Functions.visit_item_mut(&mut item);
        return quote!(#error #item);
    }
    if syn::parse2::<Expr>(item.clone()).is_ok() {
        return quote!({ #error #item });
    }
    quote!(#error #item)
}

/// Marks the functions that look like generators.
struct Marks;

impl Marks {
    fn mark(attrs: &mut Vec<Attribute>, sig: &Signature, body: Option<&syn::Block>) {
        let yields = || body.is_some_and(|body| foreign::yields(&body.to_token_stream()));
        if sig.asyncness.is_some() && !is_generator(attrs) && yields() {
            attrs.push(parse_quote!(#[async_gen]));
        }
    }
}

impl VisitMut for Marks {
    fn visit_item_fn_mut(&mut self, function: &mut syn::ItemFn) {
        Marks::mark(&mut function.attrs, &function.sig, Some(&function.block));
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut syn::ImplItemFn) {
        Marks::mark(&mut function.attrs, &function.sig, Some(&function.block));
    }

    fn visit_trait_item_fn_mut(&mut self, function: &mut syn::TraitItemFn) {
        Marks::mark(
            &mut function.attrs,
            &function.sig,
            function.default.as_ref(),
        );
    }
}

/// `async_gen_body! { .. }`, which the attribute leaves in the place of a body.
pub(crate) fn body(tokens: TokenStream) -> TokenStream {
    let Body {
        args,
        captures,
        patterns,
        block,
    } = match syn::parse2(tokens) {
        Ok(body) => body,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::new();
    let args = Args::parse(args, Target::Body, &mut errors);
    let braces = block.span();
    // What the compiler refused there is not refused again.
    let body = spelling::for_await_to_attribute(block.stream());
    generator(&args, errors, &captures, &patterns, body, braces)
}

/// `async_gen_block! { .. }`
pub(crate) fn block(tokens: TokenStream) -> TokenStream {
    let tokens = spelling::for_await_to_attribute(tokens);
    let Block { args, body } = match syn::parse2(tokens) {
        Ok(block) => block,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::new();
    let mut args = Args::parse(args, Target::Block, &mut errors);
    args.bare = true;
    args.broken = !errors.is_empty();
    let first = body.clone().into_iter().next();
    let first = first.map_or_else(Span::call_site, |token| token.span());
    // Those of the macro call, which it is not given.
    let braces = Span::call_site().resolved_at(first);
    let generator = generator(&args, errors, &[], &[], body, braces);
    quote!({ #generator })
}

/// The statements that make a generator of a body, after the mistakes that were found.
fn generator(
    args: &Args,
    mut errors: Errors,
    captures: &[Binding],
    patterns: &[Pattern],
    body: TokenStream,
    braces: Span,
) -> TokenStream {
    let names = Names::new(args);
    let places = in_place::candidates(captures, &body);
    let (lowered, refused) = match input::statements(body, &names, &mut errors) {
        Ok(statements) => {
            check::body(&statements, args, &mut errors);
            let lowered = lower::body(statements, args, &names, places, braces);
            (Some(lowered), None)
        }
        Err(error) if args.bare => {
            errors.add(error);
            (None, None)
        }
        Err(error) => (None, Some(emit::refused(&error, &names))),
    };
    let errors = errors.into_tokens();
    let lowered = lowered.filter(|_| errors.is_empty() && !args.broken);
    let body = emit::body(args, &names, captures, patterns, lowered.as_ref(), braces);
    quote!(#errors #refused #body)
}

/// `async_gen_items! { .. }`
pub(crate) fn items(tokens: TokenStream) -> TokenStream {
    let tokens = spelling::for_await_to_attribute(tokens);
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

/// The expansion of the next item. One whose body has mistakes does not take away the function, nor
/// the other items.
fn next_item(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let ahead = input.fork();
    let error = match ahead.parse::<Item>() {
        Ok(mut item) => {
            input.advance_to(&ahead);
            Functions.visit_item_mut(&mut item);
            return Ok(item.into_token_stream());
        }
        Err(error) => error,
    };
    let mut function = input.parse::<Function>().map_err(|_| error.clone())?;
    let args = take_attribute(&mut function.attrs).ok_or(error)?;
    Ok(parsed_function(args, function, true))
}

/// Expands the functions that are marked, wherever they stand in the items.
struct Functions;

/// Takes our attribute away, and gives its arguments.
pub(crate) fn take_attribute(attrs: &mut Vec<Attribute>) -> Option<TokenStream> {
    let index = attrs.iter().position(is_generator_attribute)?;
    Some(match attrs.remove(index).meta {
        Meta::Path(_) => TokenStream::new(),
        Meta::List(list) => list.tokens,
        Meta::NameValue(meta) => meta.value.into_token_stream(),
    })
}

/// The expansion of a function, if it is marked.
fn expanded<T: ToTokens>(
    function: &mut T,
    attrs: fn(&mut T) -> &mut Vec<Attribute>,
) -> Option<TokenStream> {
    let args = take_attribute(attrs(function))?;
    Some(marked_function(args, &function.to_token_stream(), true))
}

impl VisitMut for Functions {
    fn visit_item_mut(&mut self, item: &mut Item) {
        visit_mut::visit_item_mut(self, item);
        if let Item::Fn(function) = item {
            if let Some(tokens) = expanded(function, |function| &mut function.attrs) {
                *item = Item::Verbatim(tokens);
            }
        }
    }

    fn visit_impl_item_mut(&mut self, item: &mut ImplItem) {
        visit_mut::visit_impl_item_mut(self, item);
        if let ImplItem::Fn(function) = item {
            if let Some(tokens) = expanded(function, |function| &mut function.attrs) {
                *item = ImplItem::Verbatim(tokens);
            }
        }
    }

    fn visit_trait_item_mut(&mut self, item: &mut TraitItem) {
        visit_mut::visit_trait_item_mut(self, item);
        if let TraitItem::Fn(function) = item {
            if let Some(tokens) = expanded(function, |function| &mut function.attrs) {
                *item = TraitItem::Verbatim(tokens);
            }
        }
    }
}
