import { SERVICES } from '../../services/services.ts';

test.each(SERVICES)('the body of a failure of $name is read as one', (service) => {
  const task = service.readCallback(service.failedBody('task-1', 'imagine', 'Not known any more.'));

  expect(task).toMatchObject({
    id: 'task-1',
    status: 'failed',
    operation: 'imagine',
    errorMessage: 'Not known any more.',
  });
});
