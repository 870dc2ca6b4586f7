#[async_gen]
async fn flatten(sources: Vec<Source>) -> Item {
    'all: for source in sources {
        #[for_await]
        #[allow(unused)]
        for (index, item) in source.items() {
            if index == 3 {
                continue 'all;
            }
            yield_!(item);
        }
    }
    #[for_await]
    'tail: for item in tail() {
        #![allow(unused)]
        break 'tail;
    }
}

#[async_gen]
async fn relay(inner: impl Stream<Item = u8>) -> u8 {
    #[for_await]
    for item in inner {
        yield_!(item);
    }
}
