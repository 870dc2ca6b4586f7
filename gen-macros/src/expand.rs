use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, ImplItem, Item, Meta, TraitItem};

use crate::args::{Args, Target};
use crate::errors::Errors;
use crate::input::{self, Block, Body, Function};
use crate::lower::{self, Lowered};
use crate::names::Names;
use crate::scope::is_generator_attribute;
use crate::{check, emit, spelling};

/// `#[async_gen(..)] async fn ..`
pub(crate) fn function(args: TokenStream, item: &TokenStream) -> TokenStream {
    marked_function(args, item, false)
}

/// A function under the attribute, where bare yields may stand or not.
fn marked_function(args: TokenStream, item: &TokenStream, bare: bool) -> TokenStream {
    let function = match syn::parse2::<Function>(item.clone()) {
        Ok(function) => function,
        Err(error) => {
            let error = error.into_compile_error();
            return quote!(#error #item);
        }
    };
    let mut errors = Errors::new();
    let mut args = Args::parse(args, Target::Function, &mut errors);
    check::signature(&function, &mut errors);
    let errors = errors.into_tokens();
    args.bare = bare;
    args.broken = !errors.is_empty();
    let function = emit::function(function, &args, &Names::new(&args));
    quote!(#errors #function)
}

/// `body! { .. }`, which the attribute leaves in the place of a body.
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
    let names = Names::new(&args);
    let lowered = lowered(block.stream(), &args, &names, &mut errors);
    let errors = errors.into_tokens();
    let lowered = lowered.filter(|_| errors.is_empty() && !args.broken);
    let body = emit::body(
        &args,
        &names,
        &captures,
        &patterns,
        lowered.as_ref(),
        block.span(),
    );
    quote!(#errors #body)
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
    let names = Names::new(&args);
    let span = body
        .clone()
        .into_iter()
        .next()
        .map_or_else(Span::call_site, |token| token.span());
    let lowered = lowered(body, &args, &names, &mut errors);
    let errors = errors.into_tokens();
    let lowered = lowered.filter(|_| errors.is_empty());
    let body = emit::body(&args, &names, &[], &[], lowered.as_ref(), span);
    quote!({ #errors #body })
}

fn lowered(body: TokenStream, args: &Args, names: &Names, errors: &mut Errors) -> Option<Lowered> {
    let statements = input::statements(body, errors)?;
    check::body(&statements, args, errors);
    Some(lower::body(statements, args, names))
}

/// `async_gen_items! { .. }`
pub(crate) fn items(tokens: TokenStream) -> TokenStream {
    let tokens = spelling::for_await_to_attribute(tokens);
    let mut file = match syn::parse2::<syn::File>(tokens) {
        Ok(file) => file,
        Err(error) => return error.into_compile_error(),
    };
    Functions.visit_file_mut(&mut file);
    file.into_token_stream()
}

/// Expands the functions that are marked, wherever they stand in the items.
struct Functions;

fn take_attribute(attrs: &mut Vec<Attribute>) -> Option<TokenStream> {
    let index = attrs.iter().position(is_generator_attribute)?;
    Some(match attrs.remove(index).meta {
        Meta::Path(_) => TokenStream::new(),
        Meta::List(list) => list.tokens,
        Meta::NameValue(meta) => meta.value.into_token_stream(),
    })
}

impl VisitMut for Functions {
    fn visit_item_mut(&mut self, item: &mut Item) {
        visit_mut::visit_item_mut(self, item);
        if let Item::Fn(function) = item {
            if let Some(args) = take_attribute(&mut function.attrs) {
                *item = Item::Verbatim(marked_function(args, &function.to_token_stream(), true));
            }
        }
    }

    fn visit_impl_item_mut(&mut self, item: &mut ImplItem) {
        visit_mut::visit_impl_item_mut(self, item);
        if let ImplItem::Fn(function) = item {
            if let Some(args) = take_attribute(&mut function.attrs) {
                *item =
                    ImplItem::Verbatim(marked_function(args, &function.to_token_stream(), true));
            }
        }
    }

    fn visit_trait_item_mut(&mut self, item: &mut TraitItem) {
        visit_mut::visit_trait_item_mut(self, item);
        if let TraitItem::Fn(function) = item {
            if let Some(args) = take_attribute(&mut function.attrs) {
                *item =
                    TraitItem::Verbatim(marked_function(args, &function.to_token_stream(), true));
            }
        }
    }
}
