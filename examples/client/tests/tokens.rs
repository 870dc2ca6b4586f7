//! Runs that end early, and others that continue from their tokens.

use std::cell::RefCell;

use client::api::{Api, Book, Page, Refusal};
use client::{End, Enough, Token, books};
use gen_runtime::pin;

/// Pages with these numbers of books. Each request is answered by the next of the answers, and by the page when there are
/// none left.
struct Script {
    pages: &'static [usize],
    refusals: RefCell<Vec<Option<Refusal>>>,
    log: RefCell<Vec<u32>>,
}

impl Script {
    fn new(pages: &'static [usize], refusals: Vec<Option<Refusal>>) -> Self {
        Script {
            pages,
            refusals: RefCell::new(refusals),
            log: RefCell::default(),
        }
    }
}

impl Api for &Script {
    async fn page(&self, number: u32) -> Result<Page, Refusal> {
        self.log.borrow_mut().push(number);
        let mut refusals = self.refusals.borrow_mut();
        if !refusals.is_empty()
            && let Some(refusal) = refusals.remove(0)
        {
            return Err(refusal);
        }
        let index = number as usize;
        let books = (0..self.pages[index]).map(|n| Book {
            title: format!("{number}.{n}"),
            year: 0,
        });
        Ok(Page {
            books: books.collect(),
            next: Some(number + 1).filter(|&next| (next as usize) < self.pages.len()),
        })
    }
}

/// Takes up to `count` books and then has enough. Returns their titles and the end of the run.
async fn take(api: &Script, from: Token, count: usize) -> (Vec<String>, End) {
    let mut books = pin!(books(api, from));
    let mut titles = Vec::new();
    while let Ok(Some(book)) = books.try_next().await {
        titles.push(book.title);
        if titles.len() == count {
            assert!(books.throw(Enough).await.unwrap().is_none());
        }
    }
    (titles, books.take_return().unwrap())
}

#[tokio::test(start_paused = true)]
async fn a_page_is_requested_when_its_first_book_is_asked_for() {
    let api = Script::new(&[2, 0, 1], vec![]);
    let mut books = pin!(books(&api, Token::default()));
    for (title, requested) in [("0.0", 1), ("0.1", 1), ("2.0", 3)] {
        assert_eq!(books.try_next().await.unwrap().unwrap().title, title);
        assert_eq!(api.log.borrow().len(), requested);
    }
    assert!(books.try_next().await.unwrap().is_none());
    assert!(matches!(books.take_return(), Some(End::Complete)));
    assert_eq!(*api.log.borrow(), [0, 1, 2]);
}

#[tokio::test(start_paused = true)]
async fn two_runs_are_as_good_as_one_wherever_the_first_stops() {
    let api = Script::new(&[2, 0, 3, 1], vec![]);
    let (all, end) = take(&api, Token::default(), usize::MAX).await;
    assert_eq!(all, ["0.0", "0.1", "2.0", "2.1", "2.2", "3.0"]);
    assert!(matches!(end, End::Complete));
    for count in 1..=all.len() {
        let (mut titles, end) = take(&api, Token::default(), count).await;
        let End::Stopped(token) = end else {
            panic!("{end:?}");
        };
        titles.extend(take(&api, token, usize::MAX).await.0);
        assert_eq!(titles, all, "with a stop after {count}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_loses_no_book() {
    // The second page is refused six times, and the run gives up.
    let mut refusals = vec![None];
    refusals.extend((0..6).map(|_| Some(Refusal::Busy)));
    let api = Script::new(&[2, 1], refusals);
    let (titles, end) = take(&api, Token::default(), usize::MAX).await;
    assert_eq!(titles, ["0.0", "0.1"]);
    let End::Refused(token, Refusal::Busy) = end else {
        panic!("{end:?}");
    };
    assert_eq!(token, Token { page: 1, books: 0 });
    assert_eq!(*api.log.borrow(), [0, 1, 1, 1, 1, 1, 1]);

    let (titles, end) = take(&api, token, usize::MAX).await;
    assert_eq!(titles, ["1.0"]);
    assert!(matches!(end, End::Complete));
}

#[tokio::test(start_paused = true)]
async fn temporary_refusals_are_not_seen_by_the_consumer() {
    let busy = || Some(Refusal::Busy);
    let api = Script::new(&[1, 1], vec![busy(), None, busy(), busy()]);
    let (titles, end) = take(&api, Token::default(), usize::MAX).await;
    assert_eq!(titles, ["0.0", "1.0"]);
    assert!(matches!(end, End::Complete));
    assert_eq!(*api.log.borrow(), [0, 0, 1, 1, 1]);
}
