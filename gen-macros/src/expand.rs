use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, ImplItem, Item, Meta, TraitItem};

use crate::args::{Args, Target};
use crate::errors::Errors;
use crate::input::{self, Block, Function};
use crate::lower::{self, Lowered, Names};
use crate::scope::is_generator_attribute;
use crate::{check, emit, spelling};

/// `#[async_gen(..)] async fn ..`
pub(crate) fn function(args: TokenStream, item: &TokenStream) -> TokenStream {
    let function = match syn::parse2::<Function>(item.clone()) {
        Ok(function) => function,
        Err(error) => {
            let error = error.to_compile_error();
            return quote!(#error #item);
        }
    };
    let mut errors = Errors::new();
    let args = Args::parse(args, Target::Function, &mut errors);
    check::signature(&function.sig, &mut errors);
    let names = Names::new(&args);
    let lowered = if let Some(tokens) = function.body.clone() {
        body(tokens, &args, &names, &mut errors)
    } else {
        let span = function.sig.ident.span();
        errors.at(
            span,
            "a function without a body is not supported; write a body",
        );
        None
    };
    let errors = errors.into_tokens();
    let lowered = lowered.filter(|_| errors.is_empty());
    let function = emit::function(function, &args, &names, lowered.as_ref());
    quote!(#errors #function)
}

/// `async_gen_block! { .. }`
pub(crate) fn block(tokens: TokenStream) -> TokenStream {
    let tokens = spelling::for_await_to_attribute(tokens);
    let block = match syn::parse2::<Block>(tokens) {
        Ok(block) => block,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::new();
    let args = Args::parse(block.args, Target::Block, &mut errors);
    let names = Names::new(&args);
    let lowered = body(block.body, &args, &names, &mut errors);
    let errors = errors.into_tokens();
    let lowered = lowered.filter(|_| errors.is_empty());
    let block = emit::block(&args, &names, lowered.as_ref());
    quote!({ #errors #block })
}

fn body(tokens: TokenStream, args: &Args, names: &Names, errors: &mut Errors) -> Option<Lowered> {
    let statements = input::statements(tokens, errors)?;
    check::body(&statements, args, errors);
    Some(lower::body(statements, args, names))
}

/// `async_gen_items! { .. }`
pub(crate) fn items(tokens: TokenStream) -> TokenStream {
    let tokens = spelling::for_await_to_attribute(tokens);
    let mut file = match syn::parse2::<syn::File>(tokens) {
        Ok(file) => file,
        Err(error) => return error.to_compile_error(),
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
                *item = Item::Verbatim(self::function(args, &function.to_token_stream()));
            }
        }
    }

    fn visit_impl_item_mut(&mut self, item: &mut ImplItem) {
        visit_mut::visit_impl_item_mut(self, item);
        if let ImplItem::Fn(function) = item {
            if let Some(args) = take_attribute(&mut function.attrs) {
                *item = ImplItem::Verbatim(self::function(args, &function.to_token_stream()));
            }
        }
    }

    fn visit_trait_item_mut(&mut self, item: &mut TraitItem) {
        visit_mut::visit_trait_item_mut(self, item);
        if let TraitItem::Fn(function) = item {
            if let Some(args) = take_attribute(&mut function.attrs) {
                *item = TraitItem::Verbatim(self::function(args, &function.to_token_stream()));
            }
        }
    }
}
