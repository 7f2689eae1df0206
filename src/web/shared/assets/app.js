// Makes pages better where JavaScript runs; every page works without it.
import {
  createAll,
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
} from './govuk-frontend.min.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');

for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
]) {
  createAll(component);
}

// A page that waits for the worker looks again by itself.
const waiting = document.querySelector('[data-reload-seconds]');
if (waiting) setTimeout(() => window.location.reload(), Number(waiting.dataset.reloadSeconds) * 1000);
